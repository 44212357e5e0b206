package dev.portcullis.image;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Readings;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An automaton, how contested points were read when it was compiled, the values of placeholders, and the names of AWS's
 * policies that the store has none of its own for: everything that an engine is made of, as one file ({@link Layout}).
 * Immutable.
 */
public record Image(Automaton automaton, Semantics semantics, Map<String, String> parameters, Set<String> leftToAws) {

    private static final String SEMANTICS = "semantics";
    private static final String PARAMETER_ENDS = "parameters.ends";
    private static final String PARAMETER_CHARS = "parameters.chars";
    private static final String LEFT_TO_AWS = "left-to-aws";
    private static final String ON = "+";
    private static final String OFF = "-";

    /**
     * Saves it in one step: whoever opens the file finds the old one or the whole new one.
     *
     * @throws IOException if it can't be written; then the old one is as before
     */
    public void save(Path file) throws IOException {
        ImageWriter writer = new ImageWriter();
        StringBuilder points = new StringBuilder();
        for (Point point : Point.values()) {
            points.append(semantics.is(point) ? ON : OFF).append(point.name()).append('\n');
        }
        writer.chars(SEMANTICS, points.toString().toCharArray());
        StringBuilder units = new StringBuilder();
        int[] ends = new int[2 * parameters.size()];
        int at = 0;
        for (Map.Entry<String, String> parameter : new TreeMap<>(parameters).entrySet()) {
            ends[at++] = units.append(parameter.getKey()).length();
            ends[at++] = units.append(parameter.getValue()).length();
        }
        writer.ints(PARAMETER_ENDS, ends);
        writer.chars(PARAMETER_CHARS, units.toString().toCharArray());
        writer.chars(LEFT_TO_AWS, String.join("\n", new TreeSet<>(leftToAws)).toCharArray());
        automaton.write(writer);
        writer.write(file);
    }

    /**
     * Opens a file. Parses no policy; the file isn't needed any more afterwards.
     *
     * @throws MalformedImage if it is no image, not a whole one, or of another version
     * @throws IOException if it can't be read
     */
    public static Image open(Path file) throws IOException {
        ImageReader reader = ImageReader.read(file);
        Semantics semantics = semantics(new String(reader.chars(SEMANTICS)));
        Map<String, String> parameters = parameters(reader);
        Set<String> leftToAws = Set.copyOf(List.of(new String(reader.chars(LEFT_TO_AWS)).split("\n", -1)));
        Automaton automaton = Automaton.read(new Readings(semantics), reader);
        reader.end();
        return new Image(automaton, semantics, parameters, leftToAws);
    }

    /** Each contested point must be read in one of two ways; a name that isn't known could mean anything. */
    private static Semantics semantics(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        Semantics semantics = Semantics.defaults();
        for (Point point : Point.values()) {
            boolean on = lines.remove(ON + point.name());
            if (!on && !lines.remove(OFF + point.name())) {
                throw new MalformedImage("section `semantics`: says nothing about " + point);
            }
            semantics = semantics.with(point, on);
        }
        if (!lines.equals(List.of(""))) {
            throw new MalformedImage("section `semantics`: contested points that this version doesn't know");
        }
        return semantics;
    }

    private static Map<String, String> parameters(ImageReader reader) {
        int[] ends = reader.ints(PARAMETER_ENDS);
        char[] units = reader.chars(PARAMETER_CHARS);
        Map<String, String> parameters = new LinkedHashMap<>();
        int start = 0;
        String name = "";
        for (int i = 0; i < ends.length; i++) {
            reader.require(start <= ends[i] && ends[i] <= units.length, PARAMETER_ENDS, "a number out of range");
            String text = new String(units, start, ends[i] - start);
            start = ends[i];
            if (i % 2 == 0) {
                name = text;
            } else {
                parameters.put(name, text);
            }
        }
        return Map.copyOf(parameters);
    }
}
