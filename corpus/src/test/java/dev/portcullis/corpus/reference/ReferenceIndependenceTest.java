package dev.portcullis.corpus.reference;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Span;
import org.junit.jupiter.api.Test;

/** The oracle shares words with the engine and nothing else: an error in shared code would be no difference. */
class ReferenceIndependenceTest {

    private static final DescribedPredicate<JavaClass> SHARED_WORDS = belongToAnyOf(
            Decision.class,
            Explanation.class,
            AccessControlList.class,
            ContextValue.class,
            Effect.class,
            Limits.class,
            PolicyType.class,
            Semantics.class,
            Span.class);

    private static final DescribedPredicate<JavaClass> REST_OF_THE_PROJECT =
            resideInAPackage("dev.portcullis..").and(not(resideInAPackage("dev.portcullis.corpus.reference")));

    private static JavaClasses reference() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importUrl(ReferenceEvaluator.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation())
                .that(resideInAPackage("dev.portcullis.corpus.reference"));
    }

    @Test
    void reference_dependsOnWordsOnly() {
        JavaClasses classes = reference();
        assertThat(classes.size()).isGreaterThan(40);
        noClasses()
                .should()
                .dependOnClassesThat(REST_OF_THE_PROJECT.and(not(SHARED_WORDS)))
                .check(classes);
    }

    @Test
    void reference_dependsOnNoLibrary() {
        DescribedPredicate<JavaClass> library = describe(
                "belong to a library",
                type -> !type.getPackageName().startsWith("java.")
                        && !type.getPackageName().startsWith("dev.portcullis")
                        && !type.isPrimitive()
                        && !type.isArray());
        noClasses().should().dependOnClassesThat(library).check(reference());
    }
}
