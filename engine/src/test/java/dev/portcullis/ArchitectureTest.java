package dev.portcullis;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
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
import dev.portcullis.automaton.AccessControlGrants;
import dev.portcullis.automaton.Accounts;
import dev.portcullis.automaton.AutomaticKeys;
import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.CallerRecords;
import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.Dispatch;
import dev.portcullis.automaton.Endpoints;
import dev.portcullis.automaton.Fragment;
import dev.portcullis.automaton.Guards;
import dev.portcullis.automaton.Heads;
import dev.portcullis.automaton.Readings;
import dev.portcullis.automaton.ResourceIndex;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.automaton.Tags;
import dev.portcullis.automaton.TextTable;
import dev.portcullis.automaton.Texts;
import dev.portcullis.automaton.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may know what. */
class ArchitectureTest {

    private static final String AUTOMATON = "dev.portcullis.automaton";

    private static final Class<?>[] BOXES = {
        Boolean.class, Byte.class, Short.class, Character.class, Integer.class, Long.class, Float.class, Double.class
    };

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
            return SliceIdentifier.of(isWord(type) ? "dev.portcullis.policy" : type.getPackageName());
        }

        static boolean isWord(JavaClass type) {
            return type.getName().matches("dev\\.portcullis\\.(Decision|Explanation)(\\$.*)?");
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

    /** No collections, streams, functions, regular expressions, boxes or big numbers where decisions are made. */
    @Test
    void automaton_knowsArraysAndLittleElse() {
        classes()
                .that()
                .resideInAPackage(AUTOMATON)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(AUTOMATON, "dev.portcullis.policy", "java.lang")
                        .and(not(belongToAnyOf(BOXES)))
                        .or(belongToAnyOf(
                                Arrays.class,
                                Character.class,
                                InstantSource.class,
                                Locale.class,
                                StandardCharsets.class,
                                Charset.class,
                                ByteOrder.class,
                                DirectBuffer.class))
                        .or(describe("arrays", JavaClass::isArray))
                        // Static methods of numbers; their boxes are another rule's business.
                        .or(belongToAnyOf(Integer.class, Long.class)))
                .check(engine);
    }

    @Test
    void automaton_boxesNothing() {
        for (Class<?> box : BOXES) {
            noClasses()
                    .that()
                    .resideInAPackage(AUTOMATON)
                    .should()
                    .callMethodWhere(target(owner(equivalentTo(box)))
                            .and(target(nameMatching("valueOf|decode|.*Value")))
                            .as("calls that box or unbox a %s", box.getSimpleName()))
                    .check(engine);
        }
    }

    @Test
    void automaton_keepsArraysAndItsOwnClassesOnly() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(AUTOMATON)
                .should()
                .haveRawType(describe("a primitive, text, of the automaton, or an array of those", type -> {
                    JavaClass base = type.isArray() ? type.getBaseComponentType() : type;
                    return base.isPrimitive()
                            || base.getPackageName().equals(AUTOMATON)
                            || base.isEquivalentTo(String.class)
                            || base.isEquivalentTo(InstantSource.class);
                }))
                .check(engine);
    }

    @Test
    void automaton_printsNothing() {
        noClasses()
                .that()
                .resideInAPackage(AUTOMATON)
                .and()
                // Words what is wrong with a request.
                .doNotHaveSimpleName("Contradictions")
                .should()
                .callMethodWhere(target(owner(equivalentTo(String.class)))
                        .and(target(
                                nameMatching("format.*|join|valueOf|concat|replace.*|matches|repeat|strip.*|lines"))))
                .check(engine);
    }

    /** What is frozen is made by the compiler, or read from an image. */
    @Test
    void frozenClasses_areConstructedByCompileAndImageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(AUTOMATON, "dev.portcullis.compile", "dev.portcullis.image")
                .should()
                .callConstructorWhere(target(owner(belongToAnyOf(
                        Automaton.class,
                        AccessControlGrants.class,
                        Accounts.class,
                        AutomaticKeys.class,
                        CallerRecords.class,
                        Callers.class,
                        Code.class,
                        Dispatch.class,
                        Endpoints.class,
                        Fragment.class,
                        Guards.class,
                        Heads.class,
                        Readings.class,
                        ResourceIndex.class,
                        SourceMap.class,
                        Tags.class,
                        TextTable.class,
                        Texts.class,
                        Vocabulary.class))))
                .check(engine);
    }

    /** {@code grammar <- syntax <- store}, {@code automaton <- compile}, {@code automaton <- explain}; all know the words. */
    @Test
    void packages_knowOnlyThoseBelow() {
        assertThat(knownTo("automaton")).containsExactlyInAnyOrder("policy");
        assertThat(knownTo("compile")).containsExactlyInAnyOrder("policy", "automaton", "syntax");
        assertThat(knownTo("explain")).containsExactlyInAnyOrder("policy", "automaton");
        assertThat(knownTo("store")).containsExactlyInAnyOrder("policy", "syntax");
        assertThat(knownTo("syntax")).containsExactlyInAnyOrder("policy", "grammar");
        assertThat(knownTo("image")).isSubsetOf("policy", "automaton", "compile");
    }

    /** The product's packages that a package depends on; the doors' words don't count. */
    private static Set<String> knownTo(String name) {
        String itself = "dev.portcullis." + name;
        return engine.that(resideInAPackage(itself)).stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(type -> type.getPackageName().startsWith("dev.portcullis"))
                .filter(type -> !type.getPackageName().equals(itself))
                .filter(type -> !EachPackage.isWord(type))
                .map(type ->
                        type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
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
