package dev.portcullis.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Values of placeholders. */
final class ParameterOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "Value of a {{NAME}} placeholder in documents outside a store; repeatable.")
    private List<String> parameters = new ArrayList<>();

    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(spec.commandLine(), "`--parameter " + parameter + "` must be NAME=VALUE");
            }
            String name = parameter.substring(0, equals);
            if (values.putIfAbsent(name, parameter.substring(equals + 1)) != null) {
                throw new ParameterException(spec.commandLine(), "parameter `" + name + "` is given twice");
            }
        }
        return values;
    }
}
