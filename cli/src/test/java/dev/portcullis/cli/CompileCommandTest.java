package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompileCommandTest {

    private static final String EXAMPLE = "../examples/amazon-q";
    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";

    @TempDir
    private Path folder;

    private String image(String... semantics) {
        Path file = folder.resolve("q.image");
        String[] arguments = new String[4 + semantics.length];
        System.arraycopy(new String[] {"compile", EXAMPLE, "-o", file.toString()}, 0, arguments, 0, 4);
        System.arraycopy(semantics, 0, arguments, 4, semantics.length);
        Ran ran = Ran.run(arguments);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).matches("saved `.*q\\.image`: [0-9,]+ bytes\n");
        return file.toString();
    }

    @Test
    void decide_imageAndStore_printTheSame() {
        String image = image();
        String[] asked = {
            "--explain",
            "--principal",
            ALICE,
            "--action",
            "q:SendMessage",
            "--format",
            "json",
            "--context",
            "aws:RequestedRegion=us-east-1"
        };

        Ran byImage = decide("--image", image, asked);

        assertThat(byImage.code()).isZero();
        assertThat(byImage).isEqualTo(decide("--store", EXAMPLE, asked));
        assertThat(byImage).isEqualTo(decide("--engine=reference", "--store=" + EXAMPLE, asked));
    }

    private static Ran decide(String one, String other, String... asked) {
        String[] arguments = new String[3 + asked.length];
        arguments[0] = "decide";
        arguments[1] = one;
        arguments[2] = other;
        System.arraycopy(asked, 0, arguments, 3, asked.length);
        return Ran.run(arguments);
    }

    @Test
    void decide_requestsOfAFile_imageStoreAndReferencePrintTheSame() {
        String image = image();
        String[] asked = {"--explain", "--requests", EXAMPLE + "/requests.jsonl", "--format", "json"};

        Ran byImage = decide("--image", image, asked);

        assertThat(byImage.out()).contains("\"decision\":\"ALLOW\"", "\"decision\":\"EXPLICIT_DENY\"");
        assertThat(byImage).isEqualTo(decide("--store", EXAMPLE, asked));
        assertThat(byImage).isEqualTo(decide("--engine=reference", "--store=" + EXAMPLE, asked));
    }

    @Test
    void test_casesAgainstAnImage_pass() {
        Ran ran = Ran.run("test", "--image", image(), EXAMPLE + "/cases.jsonl");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).matches("[0-9]+ passed, 0 failed\n");
    }

    @Test
    void decide_unknownPrincipal_isToldByAnImageToo() {
        String stranger = "arn:aws:iam::111122223333:user/stranger";
        String image = image();

        Ran ran = Ran.run("decide", "--image", image, "--principal", stranger, "--action", "q:SendMessage");
        Ran refused = Ran.run(
                "decide", "--image", image, "--known-principals", "--principal", stranger, "--action", "q:SendMessage");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualTo("note: the store doesn't know `" + stranger + "`, so it has no identity-based policies\n");
        assertThat(refused).isEqualTo(new Ran(2, "", "error: principal: `" + stranger + "` is not in the store\n"));
    }

    @Test
    void decide_semanticsOfTheImage_areUsedAndNotContradicted() {
        String image = image("--semantics", "arn-like-star-matches=true");

        Ran same = Ran.run(
                "decide",
                "--image",
                image,
                "--semantics",
                "arn-like-star-matches=true",
                "--principal",
                ALICE,
                "--action",
                "s3:GetObject");
        Ran other = Ran.run(
                "decide",
                "--image",
                image,
                "--semantics",
                "arn-like-star-matches=false",
                "--principal",
                ALICE,
                "--action",
                "s3:GetObject");

        assertThat(same.code()).isEqualTo(1);
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .startsWith("error: the image was compiled with other semantics: ARN_LIKE_STAR_MATCHES=true\n");
    }

    @Test
    void decide_damagedImage_isAnErrorThatSaysWhat() throws IOException {
        Path image = Path.of(image());
        byte[] bytes = Files.readAllBytes(image);
        bytes[bytes.length / 2] ^= 1;
        Files.write(image, bytes);

        Ran ran = Ran.run("decide", "--image", image.toString(), "--principal", ALICE, "--action", "s3:GetObject");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("error: `" + image + "` can't be opened: checksum: section `");
    }

    @Test
    void decide_missingImage_isAnError() {
        assertThat(Ran.run("decide", "--image", "none.image", "--principal", ALICE, "--action", "s3:GetObject"))
                .isEqualTo(new Ran(2, "", "error: can't read `none.image`: no such file\n"));
    }

    @Test
    void compile_listings_areThoseOfStoreAndImage() {
        String image = image();

        Ran rules = Ran.run("compile", EXAMPLE, "--listing", "rules");
        Ran automaton = Ran.run("compile", EXAMPLE, "--listing", "automaton");

        assertThat(rules.code()).isZero();
        assertThat(rules.out()).contains("policy AmazonQDeveloperAccess, as identity-based policy\n");
        assertThat(automaton.out()).contains("\npolicy sets\n");
        assertThat(Ran.run("compile", "--image", image, "--listing", "rules")).isEqualTo(rules);
        assertThat(Ran.run("compile", "--image", image, "--listing", "automaton"))
                .isEqualTo(automaton);
    }

    @Test
    void compile_refusedStore_isAnError() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("store.json"), "{\"users\": {\"nobody\": {}}}");

        Ran ran = Ran.run(
                "compile", store.toString(), "-o", folder.resolve("x.image").toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: the store `" + store + "` is refused\n");
        assertThat(folder.resolve("x.image")).doesNotExist();
    }

    @Test
    void compile_whereNothingCanBeWritten_isAnError() {
        Path image = folder.resolve("none/q.image");

        assertThat(Ran.run("compile", EXAMPLE, "-o", image.toString()))
                .isEqualTo(new Ran(2, "", "error: can't write `" + image + "`: no such file\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-o x | nothing to compile: give a store's folder, --authorization-details or --image",
                "x | nothing to do: give -o or --listing",
                "x --image y -o z | a folder, --authorization-details and --image exclude each other",
                "--image y -o z | --image is compiled already: -o doesn't go with it"
            })
    void compile_optionsThatContradict_areAnError(String arguments, String message) {
        assertThat(Ran.run(("compile " + arguments).split(" ")))
                .isEqualTo(new Ran(2, "", "error: " + message + "\nTry `portcullis compile --help`.\n"));
    }
}
