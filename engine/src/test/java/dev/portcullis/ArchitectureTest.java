package dev.portcullis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may know what. */
class ArchitectureTest {

    private static Path output;
    private static JavaClasses engine;

    @BeforeAll
    static void importEngine() throws URISyntaxException {
        output = Path.of(Policies.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        engine = new ClassFileImporter().importPath(output);
        assertThat(engine).hasSizeGreaterThan(50);
    }

    @Test
    void antlr_isKnownToSyntaxOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.portcullis.syntax")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.antlr..", "dev.portcullis.grammar..")
                .check(engine);
    }

    @Test
    void words_dependOnNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.portcullis.policy")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.portcullis.policy", "java.lang..", "java.util..", "java.math..")
                .check(engine);
    }

    @Test
    void words_areRecordsEnumsSealedInterfacesAndFinalClasses() {
        assertThat(engine.that(resideInAPackage("dev.portcullis.policy")).stream()
                        .map(JavaClass::reflect)
                        .filter(type -> !type.isSynthetic()))
                .allMatch(type -> type.isEnum() || type.isSealed() || Modifier.isFinal(type.getModifiers()));
    }

    @Test
    void syntax_knowsWordsAndGrammarOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.portcullis.syntax")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.portcullis..")
                        .and(not(resideInAnyPackage(
                                "dev.portcullis.syntax", "dev.portcullis.policy", "dev.portcullis.grammar"))))
                .check(engine);
    }

    @Test
    void packages_haveNoCycles() {
        slices().assignedFrom(new EachPackage()).should().beFreeOfCycles().check(engine);
    }

    /** {@code Decision} and {@code Explanation} stand among the doors and are words: the explainer makes them. */
    private static final class EachPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            boolean word = type.getName().matches("dev\\.portcullis\\.(Decision|Explanation)(\\$.*)?");
            return SliceIdentifier.of(word ? "dev.portcullis.policy" : type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "every package";
        }
    }

    @Test
    void engine_knowsNoneOfItsUsers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.portcullis.corpus..",
                        "dev.portcullis.cli..",
                        "dev.portcullis.benchmarks..",
                        "dev.portcullis.sidecar..")
                .check(engine);
    }

    @Test
    void module_exportsDoorsAndWordsOnly() throws IOException {
        try (InputStream stream = Files.newInputStream(output.resolve("module-info.class"))) {
            ModuleDescriptor module = ModuleDescriptor.read(stream);

            assertThat(module.exports())
                    .extracting(ModuleDescriptor.Exports::toString)
                    .containsExactlyInAnyOrder("dev.portcullis", "dev.portcullis.policy");
            assertThat(module.opens()).isEmpty();
            assertThat(module.isOpen()).isFalse();
        }
    }

    @Test
    void names_areOfTheFieldNotOfTheTrade() {
        classes()
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Info|Data)")
                .check(engine);
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..impl..", "..common..", "..manager..", "..internal..")
                .check(engine);
    }

    @Test
    void engine_isALibrary() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(engine);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(engine);
        noClasses().should().callMethod(System.class, "exit", int.class).check(engine);
    }

    /** Else a Turkish machine lower-cases an I to something else, and an Arabic one prints other digits. */
    @Test
    void engine_neverAsksForTheMachinesLocale() {
        noClasses().should().callMethod(String.class, "toLowerCase").check(engine);
        noClasses().should().callMethod(String.class, "toUpperCase").check(engine);
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .check(engine);
        noClasses()
                .should()
                .callMethod(String.class, "formatted", Object[].class)
                .check(engine);
        noClasses().should().callMethod(Locale.class, "getDefault").check(engine);
    }
}
