package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Malformed and questionable documents with all that is said of them: {@code src/test/resources/diagnostics/TYPE/NAME.json}
 * beside {@code NAME.txt}. The folder is the short name of the policy type, with {@code -stored} where the document is
 * checked as one that AWS holds already.
 *
 * <p>{@code mvn test -Dportcullis.diagnostics.update=true} writes the {@code .txt} files anew; read them before they are
 * committed.
 */
class DiagnosticsGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/diagnostics");
    private static final String STORED = "-stored";
    private static final Pattern CODE = Pattern.compile("^[a-z ]+\\[([A-Z0-9_]+)\\]", Pattern.MULTILINE);

    /** Every code but those of exceeded limits. A new check belongs here, and needs a document. */
    private static final String CODES = """
            ALLOW_WITH_NOTPRINCIPAL ARN_REGION_NOT_ALLOWED
            CREATE_SLR_WITH_NOTACTION_AND_NOTRESOURCE CREATE_SLR_WITH_NOTRESOURCE
            CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOTRESOURCE CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE
            CREATE_SLR_WITH_STAR_IN_RESOURCE CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOTACTION
            DATA_TYPE_MISMATCH DUPLICATE_ELEMENT DUPLICATE_KEYS_WITH_DIFFERENT_CASE
            EMPTY_ARRAY_ACTION EMPTY_ARRAY_CONDITION EMPTY_ARRAY_CONDITION_FORALLVALUES
            EMPTY_ARRAY_CONDITION_FORANYVALUE EMPTY_ARRAY_CONDITION_IFEXISTS EMPTY_ARRAY_PRINCIPAL
            EMPTY_ARRAY_RESOURCE EMPTY_OBJECT_CONDITION EMPTY_OBJECT_PRINCIPAL EMPTY_SID_VALUE EMPTY_VARIABLE
            EQUIVALENT_TO_NULL_FALSE EQUIVALENT_TO_NULL_TRUE FEDERATED_PRINCIPAL_NOT_SUPPORTED
            FORALLVALUES_WITH_SINGLE_VALUED_KEY IMPROVE_IP_RANGE INVALID_ACTION INVALID_ARN_ACCOUNT
            INVALID_ARN_PREFIX INVALID_ARN_SERVICE_CASE INVALID_CHARACTER INVALID_CONDITION_DATA_TYPE
            INVALID_CONDITION_KEY_FORMAT INVALID_CONDITION_MULTIPLE_BOOLEAN INVALID_CONDITION_OPERATOR
            INVALID_DATE_VALUE INVALID_EFFECT INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY
            INVALID_GLOBAL_CONDITION_KEY INVALID_PARTITION INVALID_POLICY_ELEMENT INVALID_PRINCIPAL
            INVALID_PRINCIPAL_FORMAT INVALID_PRINCIPAL_KEY INVALID_ROLE_REFERENCE INVALID_SERVICE
            INVALID_SERVICE_IN_ACTION INVALID_SERVICE_PRINCIPAL_FORMAT INVALID_USER_REFERENCE INVALID_VARIABLE
            INVALID_VARIABLE_FOR_OPERATOR INVALID_VERSION INVALID_VPCE_FORMAT INVALID_VPC_FORMAT JSON_SYNTAX_ERROR
            MISMATCHED_ACTION_FOR_PRINCIPAL MISSING_ACTION MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY
            MISSING_ARN_FIELD MISSING_BRACE_IN_VARIABLE MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL MISSING_EFFECT
            MISSING_GITHUB_REPO_CONDITION_KEY MISSING_PAIRED_CONDITION_KEYS MISSING_PRINCIPAL MISSING_QUALIFIER
            MISSING_QUOTE_IN_VARIABLE MISSING_RESOURCE MISSING_STATEMENT MISSING_TAG_KEY_IN_CONDITION
            MISSING_TAG_KEY_IN_VARIABLE MISSING_VERSION MORE_FINDINGS MULTIVALUED_KEY_IN_VARIABLE NULL_WITH_IF_EXISTS
            NULL_WITH_QUALIFIER OUTDATED_VERSION PASS_ROLE_WITH_NOTACTION_AND_NOTRESOURCE PASS_ROLE_WITH_NOTRESOURCE
            PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOTRESOURCE PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE
            PASS_ROLE_WITH_STAR_IN_RESOURCE PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOTACTION
            POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA PRIVATE_IP_ADDRESS PRIVATE_IP_ADDRESS_SUBSET
            PRIVATE_NOTIPADDRESS PRIVATE_NOTIPADDRESS_SUBSET RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY
            RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK
            RCP_SYNTAX_ERROR_ACTION RCP_SYNTAX_ERROR_ALLOW RCP_SYNTAX_ERROR_NOTACTION RCP_SYNTAX_ERROR_PRINCIPAL
            REDUNDANT_ACTION REDUNDANT_CONDITION_VALUE_NUM REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION
            REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY REDUNDANT_RESOURCE REDUNDANT_STATEMENT
            REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL
            ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE
            ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL SCP_SYNTAX_ERROR_PRINCIPAL
            SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS
            TYPE_MISMATCH TYPE_MISMATCH_ARN TYPE_MISMATCH_BOOLEAN TYPE_MISMATCH_DATE TYPE_MISMATCH_IP_RANGE
            TYPE_MISMATCH_NUMBER TYPE_MISMATCH_STRING UNBOUND_PLACEHOLDER UNCLOSED_PLACEHOLDER UNIQUE_SIDS_RECOMMENDED
            UNIQUE_SIDS_REQUIRED UNSUPPORTED_ACTION_IN_POLICY UNSUPPORTED_CHARACTER UNSUPPORTED_ELEMENT_COMBINATION
            UNSUPPORTED_GLOBAL_CONDITION_KEY UNSUPPORTED_PRINCIPAL UNSUPPORTED_SID UNSUPPORTED_SPACE_IN_VARIABLE
            UNSUPPORTED_WILDCARD_IN_PRINCIPAL UNTRUSTWORTHY_CONDITION_KEY VARIABLE_OUTSIDE_RESOURCE_PART
            VARIABLE_UNSUPPORTED_IN_ELEMENT VARIABLE_UNSUPPORTED_IN_VERSION VARIABLE_USAGE_TOO_PERMISSIVE
            WILDCARD_IN_SERVICE_NAME WILDCARD_USAGE_TOO_PERMISSIVE WILDCARD_WITHOUT_LIKE_OPERATOR
            """;

    @BeforeAll
    static void update() throws IOException {
        if (Boolean.getBoolean("portcullis.diagnostics.update")) {
            for (Path document : documents()) {
                Files.writeString(expectedFile(document), diagnosed(document));
            }
        }
    }

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(FOLDER::relativize)
                    .sorted()
                    .toList();
        }
    }

    private static String diagnosed(Path document) throws IOException {
        String folder = document.getParent().toString();
        Checks checks = folder.endsWith(STORED) ? Checks.STORED : Checks.NEW;
        String shortName = checks == Checks.STORED ? folder.substring(0, folder.length() - STORED.length()) : folder;
        PolicyType type = Arrays.stream(PolicyType.values())
                .filter(candidate -> candidate.shortName().equals(shortName))
                .findFirst()
                .orElseThrow();
        byte[] text = Files.readAllBytes(FOLDER.resolve(document));
        Policies.Reading reading = Policies.read(document.getFileName().toString(), type, text, checks, Map.of());
        String source = new String(text, StandardCharsets.UTF_8);
        return reading.diagnostics().stream()
                .map((Diagnostic diagnostic) -> Policies.render(diagnostic, source) + "\n")
                .collect(Collectors.joining("\n"));
    }

    private static Path expectedFile(Path document) {
        String name = document.getFileName().toString();
        return FOLDER.resolve(document).resolveSibling(name.substring(0, name.length() - ".json".length()) + ".txt");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void read_malformedDocument_saysWhatIsExpected(Path document) throws IOException {
        String diagnosed = diagnosed(document);
        assertThat(diagnosed).isEqualTo(Files.readString(expectedFile(document)));
        assertThat(diagnosed).isNotEmpty();
    }

    @Test
    void documents_together_coverEveryCode() throws IOException {
        Set<String> found = new TreeSet<>();
        List<Path> documents = documents();
        for (Path document : documents) {
            Matcher codes = CODE.matcher(Files.readString(expectedFile(document)));
            while (codes.find()) {
                found.add(codes.group(1));
            }
        }
        assertThat(found).containsExactlyInAnyOrder(CODES.strip().split("\\s+"));
        assertThat(documents).hasSizeGreaterThanOrEqualTo(80);
    }

    /** The rules of {@link Diagnostic}: lower case or a name in backticks first, no full stop last. */
    @ParameterizedTest
    @MethodSource("documents")
    void read_malformedDocument_wordsAreThoseOfAPolicyAuthor(Path document) throws IOException {
        for (String line : Files.readString(expectedFile(document)).lines().toList()) {
            if (line.startsWith(" ") || line.isEmpty()) {
                continue;
            }
            String message = line.startsWith("help: ")
                    ? line.substring("help: ".length())
                    : line.substring(line.indexOf(": ") + 2);
            assertThat(message)
                    .as(document + ": " + line)
                    .matches("(`|[a-z]|AWS |IAM |JSON ).*")
                    .doesNotEndWith(".");
        }
    }
}
