package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortcullisTest {

    @Test
    void help_ofTheProgram_namesEveryCommand() {
        Ran ran = Ran.run("--help");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "Usage: portcullis",
                        "  decide ",
                        "  test ",
                        "  validate ",
                        "  generate ",
                        "  bench ",
                        "Examples:");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"decide", "test", "validate", "compile", "generate", "bench"})
    void help_ofACommand_hasExamplesAndExitCodes(String command) {
        Ran ran = Ran.run(command, "--help");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("Usage: portcullis " + command)
                .contains("Examples:\n  portcullis " + command, "Exit codes: 0 ", "2 error.");
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void version_ofTheProgram_isThatOfTheBuild() {
        Ran ran = Ran.run("--version");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).matches("portcullis [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\\R");
    }

    @Test
    void run_withoutACommand_isAnError() {
        assertThat(Ran.run()).isEqualTo(new Ran(2, "", "error: a command is missing\nTry `portcullis --help`.\n"));
    }

    @Test
    void run_unknownCommand_suggestsOne() {
        Ran ran = Ran.run("decid");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("'decid'", "Did you mean: portcullis decide");
    }

    @Test
    void run_unknownOption_suggestsOne() {
        Ran ran = Ran.run("decide", "--stoer", "x");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("'--stoer'", "--store").endsWith("Try `portcullis decide --help`.\n");
    }

    @Test
    void run_optionAsValueOfAnother_isAnError() {
        Ran ran = Ran.run("decide", "--policy", "p.json", "--resource", "--action", "s3:GetObject");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--resource");
    }

    @Test
    void run_optionGivenTwice_isAnError() {
        Ran ran = Ran.run("decide", "--store", "a", "--store", "b", "--action", "s3:GetObject");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--store");
    }

    @Test
    void run_wrongUsage_showsNoStackTrace() {
        assertThat(Ran.run("validate").err()).doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void run_withDebug_showsTheStackTrace() {
        Ran ran = Ran.run("validate", "--debug", "no-such-file.json");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("error: can't read `no-such-file.json`: no such file\n")
                .contains("\tat ");
    }

    @Test
    void run_controlCharactersInArguments_doNotReachTheTerminal() {
        for (List<String> arguments : List.of(
                List.of("decide", "--sto\u001B[31mre", "x"),
                List.of("validate", "\u001B[2J.json"),
                List.of("test", "\u009B2J"),
                List.of("decide", "--semantics", "\u001Bc=true", "--policy", "x", "--action", "a:b"))) {
            Ran ran = Ran.run(arguments.toArray(String[]::new));

            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).doesNotContain("\u001B").doesNotContain("\u009B");
        }
    }

    @Test
    void help_onATerminal_isColoured() {
        Ran ran = Ran.run("", Set.of("out"), Map.of(), "--help");

        assertThat(ran.out()).contains("\u001B[");
        assertThat(ran.out().replaceAll("\u001B\\[[0-9;]*m", ""))
                .isEqualTo(Ran.run("--help").out());
    }

    @Test
    void help_noColor_isPlain() {
        assertThat(Ran.run("", Set.of("out"), Map.of("NO_COLOR", "1"), "--help").out())
                .doesNotContain("\u001B");
        assertThat(Ran.run("", Set.of("out"), Map.of(), "--help", "--color", "never")
                        .out())
                .doesNotContain("\u001B");
    }

    @Test
    void error_onATerminal_isColoured() {
        assertThat(Ran.run("", Set.of("err"), Map.of(), "validate", "none.json").err())
                .startsWith("\u001B[31merror:\u001B[0m ");
    }

    @Test
    void color_unknownMode_isAnError() {
        Ran ran = Ran.run("--color", "sometimes", "validate", "x");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--color", "sometimes");
    }
}
