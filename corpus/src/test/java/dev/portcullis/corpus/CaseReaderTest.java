package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Semantics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseReaderTest {

    private static final String REQUEST =
            "\"request\":{\"principal\":\"anonymous\",\"action\":\"s3:GetObject\",\"resource\":\"*\"}";

    static List<Line<Case>> lines(InputStream in) throws IOException {
        CaseReader reader = new CaseReader(in);
        List<Line<Case>> lines = new ArrayList<>();
        Optional<Line<Case>> line = reader.next();
        while (line.isPresent()) {
            lines.add(line.get());
            line = reader.next();
        }
        return lines;
    }

    static Line<Case> line(String text) {
        try {
            return lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Case read(String text) {
        Line<Case> line = line(text);
        assertThat(line).withFailMessage(() -> line.toString()).isInstanceOf(Line.Read.class);
        return ((Line.Read<Case>) line).value();
    }

    private static List<String> problems(String text) {
        Line<Case> line = line(text);
        assertThat(line).isInstanceOf(Line.Faulty.class);
        return ((Line.Faulty<Case>) line)
                .problems().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({"language.jsonl, 338", "evaluation.jsonl, 208", "live-aws.jsonl, 710", "simulator-quirks.jsonl, 28"})
    void next_bundledFile_readsEveryCase(String file, int count) throws IOException {
        try (InputStream in = BundledCases.open(file)) {
            List<Line<Case>> lines = lines(in);
            assertThat(lines).hasSize(count).allSatisfy(line -> {
                assertThat(line).isInstanceOf(Line.Read.class);
                assertThat(((Line.Read<Case>) line).value().expectation().decision())
                        .isPresent();
            });
        }
    }

    @Test
    void next_fullCase_readsEveryField() {
        Case read = read(
                "{\"id\":\"c\",\"rule\":\"E1\",\"why\":\"because\",\"kind\":\"enforcement\",\"confidence\":\"documented\","
                        + "\"source\":\"s\",\"observed\":\"o\",\"message\":\"m\",\"decisionDetails\":{\"a\":\"b\"},"
                        + "\"request\":{\"principal\":\"p\",\"action\":\"a:B\",\"resource\":{\"arn\":\"*\",\"accountId\":\"111122223333\","
                        + "\"awsManagedKey\":true},\"context\":{\"k\":\"v\",\"l\":[\"v\"],\"n\":10,\"b\":true,\"m\":[1,false]}},"
                        + "\"identityPolicies\":[{\"name\":\"i\",\"policy\":{}}],\"permissionBoundaries\":[{\"name\":\"b\",\"policy\":{}}],"
                        + "\"sessionPolicies\":[{\"name\":\"s1\",\"policy\":{}},{\"name\":\"s2\",\"policy\":{}}],\"resourcePolicy\":{},"
                        + "\"resourceAcl\":{\"grants\":[{\"grantee\":\"AllUsers\",\"permission\":\"READ\"}],\"ignorePublic\":true},"
                        + "\"serviceControlPolicies\":[{\"orgIdentifier\":\"root\",\"policies\":[{\"name\":\"f\",\"policy\":{}}]},"
                        + "{\"orgIdentifier\":\"a\",\"policies\":[]}],\"resourceControlPolicies\":[],"
                        + "\"vpcEndpointPolicies\":[{\"name\":\"e\",\"policy\":{}}],\"org\":{\"managementAccountId\":\"999999999999\"},"
                        + "\"principalFacts\":{\"serviceLinkedRole\":true,\"roleArn\":\"r\",\"federatingUserArn\":\"u\",\"uniqueId\":\"AIDA\","
                        + "\"canonicalId\":\"c\"},\"parameters\":{\"x\":\"y\"},\"semantics\":{\"VARIABLES_WITH_BOOL\":true},"
                        + "\"missingContext\":[\"k\"],\"matchedStatements\":[{\"policy\":\"i\",\"type\":\"IAM Policy\",\"start\":[1,2],\"end\":[3,4]}],"
                        + "\"expect\":\"ALLOW\",\"expectStatement\":{\"policy\":\"i\",\"sid\":\"S\"},\"expectMissing\":[\"aws:x\"]}");

        assertThat(read.id()).isEqualTo("c");
        assertThat(read.line()).isEqualTo(1);
        assertThat(read.rule()).isEqualTo("E1");
        assertThat(read.why()).isEqualTo("because");
        assertThat(read.kind()).isEqualTo("enforcement");
        AccessRequest request = read.request();
        assertThat(request.principal()).isEqualTo("p");
        assertThat(request.action()).isEqualTo("a:B");
        assertThat(request.resource()).isEqualTo("*");
        assertThat(request.resourceAccount()).contains("111122223333");
        assertThat(request.context())
                .containsEntry("k", new ContextValue.Single("v"))
                .containsEntry("l", new ContextValue.Multiple(List.of("v")))
                .containsEntry("n", new ContextValue.Single("10"))
                .containsEntry("b", new ContextValue.Single("true"))
                .containsEntry("m", new ContextValue.Multiple(List.of("1", "false")));
        assertThat(request.resourcePolicy()).map(PolicySource::name).contains("ResourcePolicy");
        assertThat(request.sessionPolicies().orElseThrow())
                .extracting(PolicySource::name)
                .containsExactly("s1", "s2");
        assertThat(request.facts().managementAccount()).contains("999999999999");
        assertThat(request.facts().serviceLinkedRole()).isTrue();
        assertThat(request.facts().roleArn()).contains("r");
        assertThat(request.facts().federatingUserArn()).contains("u");
        assertThat(request.facts().uniqueId()).contains("AIDA");
        assertThat(request.facts().canonicalId()).contains("c");
        assertThat(request.facts().awsManagedKey()).isTrue();
        Case.Layers layers = read.layers();
        assertThat(layers.identityPolicies()).extracting(PolicySource::name).containsExactly("i");
        assertThat(layers.boundaries().orElseThrow()).hasSize(1);
        assertThat(layers.endpointPolicies().orElseThrow()).hasSize(1);
        assertThat(layers.serviceControlPolicies().orElseThrow())
                .extracting(Case.Level::place)
                .containsExactly("root", "a");
        assertThat(layers.resourceControlPolicies()).contains(List.of());
        assertThat(layers.acl())
                .contains(new AccessControlList(
                        List.of(new AccessControlList.Grant("AllUsers", AccessControlList.Permission.READ)),
                        true,
                        true));
        assertThat(read.parameters()).containsEntry("x", "y");
        assertThat(read.semantics()).containsEntry(Semantics.Point.VARIABLES_WITH_BOOL, true);
        assertThat(read.expectation().decision()).contains(Decision.ALLOW);
        assertThat(read.expectation().statements()).containsExactly(new Case.ExpectedStatement("i", "S"));
        assertThat(read.expectation().missingKeys()).containsExactly("aws:x");
        assertThat(read.reported().missingContext()).contains(List.of("k"));
        assertThat(read.reported().matchedStatements())
                .contains(List.of(new Case.MatchedStatement("i", "IAM Policy", 1, 2, 3, 4)));
    }

    @Test
    void next_layersNotGiven_areAbsentNotEmpty() {
        Case read = read("{\"id\":\"c\"," + REQUEST + ",\"expect\":\"ALLOW\"}");
        assertThat(read.layers().identityPolicies()).isEmpty();
        assertThat(read.layers().boundaries()).isEmpty();
        assertThat(read.layers().serviceControlPolicies()).isEmpty();
        assertThat(read.layers().resourceControlPolicies()).isEmpty();
        assertThat(read.layers().endpointPolicies()).isEmpty();
        assertThat(read.layers().acl()).isEmpty();
        assertThat(read.request().sessionPolicies()).isEmpty();
        assertThat(read.request().resourceAccount()).isEmpty();
        assertThat(read.request().context()).isEmpty();
    }

    @Test
    void next_emptyAndAbsentContextValues_differ() {
        Case read = read("{\"id\":\"c\",\"request\":{\"principal\":\"p\",\"action\":\"a:B\",\"resource\":\"*\","
                + "\"context\":{\"empty\":\"\",\"none\":[]}}}");
        assertThat(read.request().context())
                .containsEntry("empty", new ContextValue.Single(""))
                .containsEntry("none", new ContextValue.Multiple(List.of()));
    }

    /** A problem at the last place where the line holds a text. */
    private static String at(String line, String text, String message) {
        return "1:" + (line.lastIndexOf(text) + 1) + ": " + message;
    }

    @Test
    void next_unknownFields_namesEachWithItsPlace() {
        String line = "{\"id\":\"c\",\"expct\":\"ALLOW\",\"request\":{\"principal\":\"p\",\"action\":\"a:B\","
                + "\"resource\":{\"arn\":\"*\",\"acount\":\"1\"},\"ctx\":{}}}";
        assertThat(problems(line))
                .containsExactly(
                        "1:11: unknown field `expct`",
                        at(line, "\"acount\"", "unknown field `request.resource.acount`"),
                        at(line, "\"ctx\"", "unknown field `request.ctx`"));
    }

    @Test
    void next_contextKeysDifferingOnlyInCase_isAnError() {
        String line = "{\"id\":\"c\",\"request\":{\"principal\":\"p\",\"action\":\"a:B\",\"resource\":\"*\","
                + "\"context\":{\"aws:SourceIp\":\"1\",\"AWS:sourceip\":\"2\"}}}";
        assertThat(problems(line))
                .containsExactly(
                        at(
                                line,
                                "\"AWS:sourceip\"",
                                "context key `AWS:sourceip` is given twice: it differs from `aws:SourceIp` only in case (U12)"));
    }

    /** Keys fold as the evaluator folds them: code points above U+FFFF stay as they are (rule L92). */
    @Test
    void next_contextKeysDifferingBeyondTheFolding_areTwoKeys() {
        Case read = read("{\"id\":\"c\",\"request\":{\"principal\":\"p\",\"action\":\"a:B\",\"resource\":\"*\","
                + "\"context\":{\"aws:RequestTag/\uD801\uDC00\":\"1\",\"aws:RequestTag/\uD801\uDC28\":\"2\"}}}");
        assertThat(read.request().context()).hasSize(2);
    }

    @Test
    void next_sameFieldTwice_isAnError() {
        assertThat(problems("{\"id\":\"c\",\"id\":\"d\"," + REQUEST + "}"))
                .containsExactly("1:11: field `id` is given twice");
        String line = "{\"id\":\"c\",\"request\":{\"principal\":\"p\",\"action\":\"a:B\",\"resource\":\"*\","
                + "\"context\":{\"a:k\":\"1\",\"a:k\":\"2\"}}}";
        assertThat(problems(line)).containsExactly(at(line, "\"a:k\"", "field `request.context.a:k` is given twice"));
    }

    @Test
    void next_wrongKinds_namesEveryOne() {
        assertThat(
                        problems(
                                "{\"id\":1,\"request\":{\"principal\":[],\"action\":\"\",\"resource\":3,\"context\":{\"k\":{},"
                                        + "\"l\":[null]}},\"store\":\"yes\",\"expect\":\"allow\",\"identityPolicies\":{},\"semantics\":{\"X\":true,"
                                        + "\"VARIABLES_WITH_BOOL\":1},\"resourceAcl\":{\"grants\":[{\"grantee\":\"x\",\"permission\":\"ALL\"}]},"
                                        + "\"expectStatement\":\"x\",\"matchedStatements\":[{\"policy\":\"p\",\"type\":\"t\",\"start\":[1],\"end\":1}]}"))
                .extracting(problem -> problem.substring(problem.indexOf(": ") + 2))
                .containsExactlyInAnyOrder(
                        "`id` must be a string",
                        "`request.principal` must be a string",
                        "`request.action` is empty",
                        "`request.resource` must be a string or an object",
                        "`request.context.k` must be a string, number, Boolean or a list of them",
                        "`request.context.l` must be a string, number, Boolean or a list of them",
                        "`store` must be true or false",
                        "`expect` must be one of ALLOW, EXPLICIT_DENY, IMPLICIT_DENY",
                        "`identityPolicies` must be a list of objects",
                        "`semantics.X` is no contested point of the rules",
                        "`semantics.VARIABLES_WITH_BOOL` must be true or false",
                        "`resourceAcl.grants[0].permission` must be one of READ, WRITE, READ_ACP, WRITE_ACP, FULL_CONTROL",
                        "`expectStatement` must be `{\"policy\", \"sid\"}` or a list of these",
                        "`matchedStatements[0].start` must be `[line, column]`",
                        "`matchedStatements[0].end` must be `[line, column]`");
    }

    @Test
    void next_missingFields_namesEveryOne() {
        assertThat(problems("{}")).containsExactly("1:1: field `id` is missing", "1:1: field `request` is missing");
        assertThat(problems("{\"id\":\"c\",\"request\":{},\"identityPolicies\":[{}]}"))
                .containsExactly(
                        "1:21: field `request.principal` is missing",
                        "1:21: field `request.action` is missing",
                        "1:21: field `request.resource` is missing",
                        "1:44: field `identityPolicies[0].name` is missing",
                        "1:44: field `identityPolicies[0].policy` is missing");
    }

    @Test
    void next_notJson_tellsThePlaceAndGoesOn() throws IOException {
        List<Line<Case>> lines = lines(new ByteArrayInputStream(
                ("{\"id\":\"a\",}\n[]\n{\"id\":\"c\"," + REQUEST + "}").getBytes(StandardCharsets.UTF_8)));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).id()).isEqualTo("line 1");
        assertThat(((Line.Faulty<Case>) lines.get(0)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).startsWith("1:11: "));
        assertThat(((Line.Faulty<Case>) lines.get(1)).message()).isEqualTo("2:1: the line must be one JSON object");
        assertThat(lines.get(2)).isInstanceOf(Line.Read.class);
        assertThat(lines.get(2).number()).isEqualTo(3);
    }

    @Test
    void next_accountNotTwelveDigits_isAnError() {
        assertThat(problems("{\"id\":\"c\",\"request\":{\"principal\":\"p\",\"action\":\"a:B\","
                        + "\"resource\":{\"arn\":\"*\",\"accountId\":\"12345\"}}}"))
                .singleElement()
                .asString()
                .endsWith("`request.resource.accountId` must be 12 digits, or empty when the resource is nobody's");
    }

    @Test
    void next_oversized_isAnErrorForEachLimit() {
        String longAction = "s3:" + "x".repeat(Limits.ACTION_UNITS);
        String longArn = "arn:" + "x".repeat(Limits.RESOURCE_UNITS);
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i <= Limits.CONTEXT_KEYS; i++) {
            keys.append("\"k").append(i).append("\":\"\",");
        }
        String longValue = "v".repeat(Limits.CONTEXT_VALUE_UNITS + 1);
        String manyValues = "[" + "0,".repeat(Limits.CONTEXT_VALUES) + "0]";
        assertThat(problems("{\"id\":\"c\",\"request\":{\"principal\":\"" + longArn + "\",\"action\":\"" + longAction
                        + "\",\"resource\":\"" + longArn + "\",\"context\":{" + keys + "\"long\":\"" + longValue
                        + "\",\"many\":" + manyValues + "}}}"))
                .extracting(problem -> problem.substring(problem.indexOf(": ") + 2))
                .containsExactlyInAnyOrder(
                        "`request.principal` is longer than 8192 characters",
                        "`request.action` is longer than 256 characters",
                        "`request.resource` is longer than 8192 characters",
                        "`request.context.long` is longer than 8192 characters",
                        "`request.context` has more than 512 keys",
                        "`request.context` has more than 4096 values");
    }

    @Test
    void next_tooManySessionPolicies_isAnError() {
        String policy = "{\"name\":\"s\",\"policy\":{}}";
        assertThat(problems("{\"id\":\"c\"," + REQUEST + ",\"sessionPolicies\":["
                        + (policy + ",").repeat(Limits.SESSION_POLICIES) + policy + "]}"))
                .singleElement()
                .asString()
                .contains("`sessionPolicies` has more than 11 policies");
        assertThat(problems("{\"id\":\"c\"," + REQUEST + ",\"sessionPolicy\":{},\"sessionPolicies\":[" + policy + "]}"))
                .singleElement()
                .asString()
                .contains("`sessionPolicies` and `sessionPolicy` are both given");
    }

    @Test
    void next_policyTexts_replaceTheDocumentsOfTheirNames() {
        Case read = read(
                "{\"id\":\"c\"," + REQUEST + ",\"identityPolicies\":[{\"name\":\"a\",\"policy\":{}},{\"name\":\"b\"}],"
                        + "\"resourcePolicy\":{},\"policyTexts\":{\"a\":\"one\",\"b\":\"two\",\"ResourcePolicy\":\"three\"}}");
        assertThat(read.layers().identityPolicies())
                .containsExactly(PolicySource.of("a", "one"), PolicySource.of("b", "two"));
        assertThat(read.request().resourcePolicy()).contains(PolicySource.of("ResourcePolicy", "three"));
    }

    @Test
    void next_policyTextOfNoPolicy_isAnError() {
        assertThat(problems("{\"id\":\"c\"," + REQUEST + ",\"policyTexts\":{\"ResourcePolicy\":\"x\"}}"))
                .singleElement()
                .asString()
                .contains("`policyTexts` has a text for `ResourcePolicy`, which is no policy here");
    }

    @Test
    void next_layersBesideAStore_isAnError() {
        assertThat(problems("{\"id\":\"c\",\"store\":true," + REQUEST
                        + ",\"identityPolicies\":[{\"name\":\"a\",\"policy\":{}}]}"))
                .singleElement()
                .asString()
                .contains("`store` is true");
        assertThat(read("{\"id\":\"c\",\"store\":true," + REQUEST + ",\"sessionPolicy\":{}}")
                        .store())
                .isTrue();
    }
}
