package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void out_onATerminal_isColoured() {
        assertThat(terminal(Set.of("out"), Map.of()).out(Style.BAD, "DENY")).isEqualTo("\u001B[31mDENY\u001B[0m");
    }

    @Test
    void out_whenOnlyErrorsGoToATerminal_isPlain() {
        Terminal terminal = terminal(Set.of("err"), Map.of());

        assertThat(terminal.out(Style.BAD, "x")).isEqualTo("x");
        assertThat(terminal.err(Style.BAD, "x")).isEqualTo("\u001B[31mx\u001B[0m");
    }

    @Test
    void out_noColorSet_isPlain() {
        assertThat(terminal(Set.of("out"), Map.of("NO_COLOR", "1")).out(Style.BAD, "x"))
                .isEqualTo("x");
    }

    @Test
    void out_noColorSetButEmpty_isColoured() {
        assertThat(terminal(Set.of("out"), Map.of("NO_COLOR", "")).colored("out"))
                .isTrue();
    }

    @Test
    void out_dumbTerminal_isPlain() {
        assertThat(terminal(Set.of("out"), Map.of("TERM", "dumb")).colored("out"))
                .isFalse();
    }

    @Test
    void colorMode_always_beatsEverything() {
        Terminal terminal = terminal(Set.of(), Map.of("NO_COLOR", "1", "TERM", "dumb"));
        terminal.colorMode(ColorMode.ALWAYS);

        assertThat(terminal.colored("out")).isTrue();
    }

    @Test
    void colorMode_never_beatsATerminal() {
        Terminal terminal = terminal(Set.of("out"), Map.of());
        terminal.colorMode(ColorMode.NEVER);

        assertThat(terminal.colored("out")).isFalse();
    }

    @Test
    void out_always_isUtf8() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), bytes, OutputStream.nullOutputStream(), Set.of(), Map.of());

        terminal.out().print("é…😀");
        terminal.flush();

        assertThat(bytes.toByteArray()).isEqualTo("é…😀".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void flush_outputThatFails_isAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left on device");
            }
        };
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), full, OutputStream.nullOutputStream(), Set.of(), Map.of());
        terminal.out().print("ALLOW");

        assertThatThrownBy(terminal::flush)
                .isInstanceOf(CommandFailure.class)
                .hasMessage("standard output can't be written");
    }

    private static Terminal terminal(Set<String> terminals, Map<String, String> environment) {
        return new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                terminals,
                environment);
    }
}
