package dev.portcullis.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Change;
import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.InvalidImageException;
import dev.portcullis.NeedsCompileException;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines saved and opened again. */
class ImageTest {

    private static final String ANN = "arn:aws:iam::111122223333:user/ann";

    @TempDir
    private Path folder;

    private Path image() {
        return folder.resolve("engine.image");
    }

    private Engine reopened(Engine engine) {
        engine.save(image());
        return Engine.open(image());
    }

    @ParameterizedTest
    @ValueSource(strings = {"patterns", "conditions", "layers", "long-lists"})
    void open_saved_decidesAndExplainsTheSame(String store) {
        Engine engine = SavedStores.engine(store);

        Engine opened = reopened(engine);

        assertThat(SavedStores.decisions(opened))
                .isEqualTo(SavedStores.decisions(engine))
                .contains(Decision.ALLOW);
        assertThat(SavedStores.explanations(opened)).isEqualTo(SavedStores.explanations(engine));
    }

    @Test
    void open_emptyStore_decides() {
        Engine opened = reopened(Engine.compile(Store.builder().build()));

        assertThat(SavedStores.decisions(opened)).containsOnly(Decision.IMPLICIT_DENY, Decision.ALLOW);
    }

    @Test
    void open_semanticsAndParameters_areThoseItWasCompiledWith() {
        Semantics semantics = Semantics.defaults().with(Point.ARN_LIKE_STAR_MATCHES, true);
        Engine engine = Engine.compile(SavedStores.store("layers"), semantics);

        Engine opened = reopened(engine);

        assertThat(opened.semantics()).isEqualTo(semantics);
        assertThat(opened.parameters()).containsOnlyKeys("account").containsEntry("account", "111122223333");
        assertThat(SavedStores.decisions(opened)).isEqualTo(SavedStores.decisions(engine));
    }

    @Test
    void open_handlesAndSessionPolicies_workAsBefore() {
        Engine opened = reopened(SavedStores.engine("layers"));

        Request request = opened.newRequest()
                .principal(opened.principal(ANN))
                .action(opened.action("s3:GetObject"))
                .resource(opened.resource("arn:aws:s3:::bucket/key"))
                .sessionPolicies(opened.compileSession("""
                        {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:Get*", "Resource": "*",
                          "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}}}"""));

        assertThat(opened.decide(request)).isEqualTo(Decision.ALLOW);
        assertThat(opened.principal(ANN).isKnown()).isTrue();
    }

    @Test
    void with_openedEngine_changesAsTheCompiledOne() {
        Engine engine = SavedStores.engine("layers");
        Change change = Change.builder().policy("stop", """
                        {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}""").attach(ANN, "stop").build();

        Engine changed = reopened(engine).with(change);

        assertThat(SavedStores.decisions(changed))
                .isEqualTo(SavedStores.decisions(engine.with(change)))
                .isNotEqualTo(SavedStores.decisions(engine));
        assertThatThrownBy(() -> changed.save(image())).isInstanceOf(NeedsCompileException.class);
    }

    @Test
    void open_reopened_savesTheSameBytes() throws IOException {
        Engine engine = SavedStores.engine("layers");
        engine.save(image());
        Path again = folder.resolve("again.image");

        Engine.open(image()).save(again);

        assertThat(again).hasSameBinaryContentAs(image());
    }

    @Test
    void save_overOldFile_replacesItAndLeavesNothingElse() throws IOException {
        Files.writeString(image(), "old");

        SavedStores.engine("patterns").save(image());

        assertThat(SavedStores.decisions(Engine.open(image()))).contains(Decision.ALLOW);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(image());
        }
    }

    @Test
    void save_whereItCannot_leavesNothing() throws IOException {
        Path taken = Files.createDirectory(image());

        assertThatThrownBy(() -> SavedStores.engine("patterns").save(taken)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> SavedStores.engine("patterns").save(folder.resolve("no/such/folder/image")))
                .isInstanceOf(UncheckedIOException.class);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(taken);
        }
    }

    @Test
    void open_noFile_isUnreadable() {
        assertThatThrownBy(() -> Engine.open(image())).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void open_otherFiles_areNoImages() throws IOException {
        for (String content : List.of("", "x", "{\"Version\": \"2012-10-17\"}", "x".repeat(10_000))) {
            Files.writeString(image(), content);

            assertThatThrownBy(() -> Engine.open(image()))
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessage("`" + image() + "` can't be opened: not a Portcullis image");
        }
    }

    @Test
    void open_whileReplaced_isOneOrTheOther() throws Exception {
        Engine patterns = SavedStores.engine("patterns");
        Engine layers = SavedStores.engine("layers");
        List<List<Decision>> expected = List.of(SavedStores.decisions(patterns), SavedStores.decisions(layers));
        patterns.save(image());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<List<Decision>>> opened = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                opened.add(threads.submit(() -> SavedStores.decisions(Engine.open(image()))));
                (i % 2 == 0 ? layers : patterns).save(image());
            }
            for (Future<List<Decision>> decisions : opened) {
                assertThat(decisions.get()).isIn(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void open_fileGoneAfterwards_decides() throws IOException {
        Engine engine = SavedStores.engine("layers");
        Engine opened = reopened(engine);

        Files.write(image(), new byte[0]);
        Files.delete(image());

        assertThat(SavedStores.decisions(opened)).isEqualTo(SavedStores.decisions(engine));
    }
}
