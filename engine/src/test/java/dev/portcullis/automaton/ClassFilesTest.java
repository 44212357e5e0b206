package dev.portcullis.automaton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the automaton's class files hold that its sources don't show. */
class ClassFilesTest {

    private static final int FREQ_INLINE_SIZE = 325;

    /** What no decision runs, with the reason. */
    private static final Map<String, String> EXEMPT = Map.of(
            "Accounts.read", "opens an image",
            "Dispatch.check", "opens an image",
            "TextTable.read", "opens an image",
            "Guards.read", "opens an image",
            "ResourceIndex.read", "opens an image");

    private static final int CODE_HEADER = 2 + 2;

    /** Where an error, also one of an image, is worded or a name is compiled. */
    private static final Set<String> CONCATENATE = Set.of(
            "ArraySource", "CallerRecords", "Callers", "Contradictions", "Decimal", "Tags", "TextTable", "Texts");

    /** A hot method is inlined only up to HotSpot's FreqInlineSize; one that outgrows it costs every decision a call. */
    @Test
    void methodsOfTheAutomaton_areSmallEnoughToBeInlined() throws IOException, URISyntaxException {
        Map<String, Integer> sizes = new TreeMap<>();
        for (Path file : classFiles()) {
            sizes.putAll(ClassFile.of(file).sizes());
        }
        assertThat(sizes).hasSizeGreaterThan(300);
        assertThat(sizes).containsKeys("Automaton.decide", "Predicates.test", "Dispatch.scan", "Statements.coverage");

        Set<String> large = new TreeSet<>();
        sizes.forEach((method, size) -> {
            if (size > FREQ_INLINE_SIZE) {
                large.add(method);
            }
        });
        assertThat(large).as("bytecodes: %s", sizes).isEqualTo(new TreeSet<>(EXEMPT.keySet()));
    }

    @Test
    void automaton_concatenatesTextOnlyOffTheDecidePath_andHasNoLambdas() throws IOException, URISyntaxException {
        Set<String> concatenate = new TreeSet<>();
        for (Path file : classFiles()) {
            ClassFile read = ClassFile.of(file);
            assertThat(read.constants().contains("java/lang/invoke/LambdaMetafactory"))
                    .as(read.name())
                    .isFalse();
            if (read.constants().contains("java/lang/invoke/StringConcatFactory")) {
                concatenate.add(read.name());
            }
        }
        assertThat(concatenate).isSubsetOf(CONCATENATE).isNotEmpty();
    }

    private static List<Path> classFiles() throws IOException, URISyntaxException {
        Path classes = Path.of(Automaton.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("dev/portcullis/automaton"))) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    /**
     * A class file (JVMS 4).
     *
     * @param name of the class, without its package
     * @param constants the texts of its constant pool by number; empty where there is none
     * @param sizes bytes of code of each method, of overloaded ones of the longest
     */
    private record ClassFile(String name, List<String> constants, Map<String, Integer> sizes) {

        static ClassFile of(Path file) throws IOException {
            String name = file.getFileName().toString().replace(".class", "");
            Map<String, Integer> sizes = new TreeMap<>();
            try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
                DataInputStream in = new DataInputStream(stream);
                assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
                in.skipNBytes(4);
                List<String> constants = ClassFilesTest.constants(in);
                in.skipNBytes(6);
                in.skipNBytes(2L * in.readUnsignedShort());
                for (int members = 0; members < 2; members++) {
                    for (int left = in.readUnsignedShort(); left > 0; left--) {
                        in.skipNBytes(2);
                        String member = name + "." + constants.get(in.readUnsignedShort());
                        in.skipNBytes(2);
                        int size = codeSize(in, constants);
                        if (size >= 0) {
                            sizes.merge(member, size, Math::max);
                        }
                    }
                }
                return new ClassFile(name, constants, sizes);
            }
        }
    }

    /** Reads a member's attributes; -1 if it has no code. */
    private static int codeSize(DataInputStream in, List<String> constants) throws IOException {
        int size = -1;
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            String attribute = constants.get(in.readUnsignedShort());
            int length = in.readInt();
            if (attribute.equals("Code")) {
                in.skipNBytes(CODE_HEADER);
                size = in.readInt();
                in.skipNBytes(length - CODE_HEADER - Integer.BYTES);
            } else {
                in.skipNBytes(length);
            }
        }
        return size;
    }

    /** The constant pool: its texts by number, the rest empty. */
    private static List<String> constants(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        List<String> constants = new ArrayList<>();
        constants.add("");
        while (constants.size() < count) {
            int tag = in.readUnsignedByte();
            String text = "";
            switch (tag) {
                case 1 -> text = in.readUTF();
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> in.skipNBytes(8);
                default -> in.skipNBytes(4);
            }
            constants.add(text);
            if (tag == 5 || tag == 6) {
                constants.add("");
            }
        }
        return constants;
    }
}
