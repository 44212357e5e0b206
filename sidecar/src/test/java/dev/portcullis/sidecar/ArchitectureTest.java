package dev.portcullis.sidecar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may know what. */
class ArchitectureTest {

    private static JavaClasses sidecar;

    @BeforeAll
    static void importSidecar() throws URISyntaxException {
        sidecar = new ClassFileImporter()
                .importPath(Path.of(Sidecar.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()));
        assertThat(sidecar).hasSizeGreaterThan(50);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("dev.portcullis.sidecar.(*)..")
                .should()
                .beFreeOfCycles()
                .check(sidecar);
    }

    @Test
    void engine_isKnownByItsDoorsOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.portcullis.automaton..",
                        "dev.portcullis.compile..",
                        "dev.portcullis.explain..",
                        "dev.portcullis.image..",
                        "dev.portcullis.store..",
                        "dev.portcullis.syntax..",
                        "dev.portcullis.corpus..",
                        "dev.portcullis.cli..")
                .check(sidecar);
    }

    /** Mappings, questions and files don't know how they are asked for. */
    @Test
    void network_isKnownToServersOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.portcullis.sidecar.mapping..",
                        "dev.portcullis.sidecar.live..",
                        "dev.portcullis.sidecar.json..",
                        "dev.portcullis.sidecar.metrics..",
                        "dev.portcullis.sidecar.authzen..",
                        "dev.portcullis.sidecar.decide..",
                        "dev.portcullis.sidecar.options..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "io.grpc..")
                .check(sidecar);
    }

    @Test
    void standardStreams_areTheLogsOnly() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(sidecar);
    }
}
