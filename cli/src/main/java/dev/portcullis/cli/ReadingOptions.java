package dev.portcullis.cli;

import dev.portcullis.Engine;
import dev.portcullis.corpus.Readings;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say how contested points of the rules are read. */
final class ReadingOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--semantics",
            paramLabel = "POINT=BOOL",
            description = "Read a contested point of the rules otherwise than by default; repeatable."
                    + " A wrong name lists them all.")
    private List<String> points = new ArrayList<>();

    /** The reading asked for. */
    Semantics semantics() {
        return on(Semantics.defaults());
    }

    /** The reading that an image was compiled with, which must not contradict what is asked for. */
    Semantics semanticsOf(Engine image) {
        Semantics semantics = image.semantics();
        Semantics asked = on(semantics);
        if (!asked.equals(semantics)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the image was compiled with other semantics: " + Readings.difference(semantics, asked));
        }
        return semantics;
    }

    private Semantics on(Semantics usual) {
        Semantics semantics = usual;
        for (String setting : points) {
            int equals = setting.indexOf('=');
            String name = equals < 0 ? setting : setting.substring(0, equals);
            semantics = semantics.with(point(name), truth(setting, setting.substring(equals + 1)));
        }
        return semantics;
    }

    private Point point(String name) {
        String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
        for (Point point : Point.values()) {
            if (point.name().equals(wanted)) {
                return point;
            }
        }
        String known = Arrays.stream(Point.values())
                .map(point -> "  " + point + " (" + point.rule() + "), default " + point.byDefault())
                .collect(Collectors.joining("\n"));
        throw new ParameterException(spec.commandLine(), "`" + name + "` is no contested point; there are\n" + known);
    }

    private boolean truth(String setting, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ParameterException(
                        spec.commandLine(), "`--semantics " + setting + "` must be POINT=true or POINT=false");
        };
    }
}
