package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Semantics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What small stores are compiled to: {@code src/test/resources/listings/STORE} beside {@code STORE/rules.txt} and {@code
 * STORE/automaton.txt}.
 *
 * <p>{@code mvn test -Dportcullis.listings.update=true} writes the {@code .txt} files anew; read them before they are
 * committed.
 */
class ListingTest {

    private static final long SEED = 0x5DEECE66D1234567L;
    private static final Path FOLDER = Path.of("src/test/resources/listings");

    /** What a stage made. */
    private static String listing(Compiled compiled, String stage) throws IOException {
        StringBuilder out = new StringBuilder();
        Engine engine = Engine.of(compiled);
        if (stage.equals("rules")) {
            engine.listRules(out);
        } else {
            engine.listAutomaton(out);
        }
        return out.toString();
    }

    private static Compiled compiled(String store, long seed) {
        return Compiled.of(Store.load(FOLDER.resolve(store)), Semantics.defaults(), seed);
    }

    @ParameterizedTest
    @CsvSource({
        "patterns, rules", "conditions, rules", "layers, rules", "long-lists, rules",
        "patterns, automaton", "conditions, automaton", "layers, automaton", "long-lists, automaton"
    })
    void list_store_asExpected(String store, String stage) throws IOException {
        Path expected = FOLDER.resolve(store).resolve(stage + ".txt");

        String listing = listing(compiled(store, SEED), stage);

        if (Boolean.getBoolean("portcullis.listings.update")) {
            Files.writeString(expected, listing);
        }
        assertThat(listing).isEqualTo(Files.readString(expected, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"patterns", "conditions", "layers", "long-lists"})
    void list_anyHashSeed_isTheSame(String store) throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 10; i++) {
            assertThat(listing(compiled(store, random.nextLong()), "automaton"))
                    .isEqualTo(listing(compiled(store, SEED), "automaton"));
        }
    }

    @Test
    void list_reopenedImage_isTheSame(@TempDir Path folder) throws IOException {
        Compiled compiled = compiled("layers", SEED);
        Path image = folder.resolve("engine.image");
        compiled.save(image);

        assertThat(listing(Compiled.open(image), "automaton")).isEqualTo(listing(compiled, "automaton"));
        assertThat(listing(Compiled.open(image), "rules")).isEqualTo(listing(compiled, "rules"));
    }

    @Test
    void save_sameStoreAndSeed_sameBytes(@TempDir Path folder) throws IOException {
        Path one = folder.resolve("one.image");
        Path other = folder.resolve("other.image");
        Path otherSeed = folder.resolve("seed.image");

        compiled("layers", SEED).save(one);
        compiled("layers", SEED).save(other);
        compiled("layers", SEED + 2).save(otherSeed);

        assertThat(other).hasSameBinaryContentAs(one);
        assertThat(Files.mismatch(one, otherSeed)).isPositive();
    }
}
