package dev.portcullis.corpus.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Engine;
import dev.portcullis.Store;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticStoreTest {

    private static final long SEED = 20_261_122;

    /** What real policies do, too: they grant much, and they say things twice. Nothing of it changes a decision. */
    private static final Set<String> USUAL_FINDINGS = Set.of(
            "PASS_ROLE_WITH_STAR_IN_RESOURCE",
            "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
            "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOTRESOURCE",
            "CREATE_SLR_WITH_STAR_IN_RESOURCE",
            "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE",
            "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOTRESOURCE",
            "REDUNDANT_ACTION",
            "REDUNDANT_RESOURCE",
            "REDUNDANT_STATEMENT",
            "EQUIVALENT_TO_NULL_FALSE",
            "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
            "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
            "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
            "INVALID_GLOBAL_CONDITION_KEY",
            "TYPE_MISMATCH",
            "UNTRUSTWORTHY_CONDITION_KEY",
            "WILDCARD_IN_SERVICE_NAME",
            "MISSING_ARN_FIELD",
            "VARIABLE_OUTSIDE_RESOURCE_PART");

    /** The same on every JDK and machine; they change when the generator or its data does, and only then. */
    @ParameterizedTest
    @CsvSource({
        "AMAZON_Q, e1b74a320e2263223426873307de87eb028d657c5373aeb86c0e027821940138",
        "MANAGED, a7c1de03cf41563af9d4365369f3633cf25593af017b1227e65c9d2b5d00aba9",
        "CUSTOMER, 6aafd597f6df0b50b6071161e0cfdaba19088cf23e56345f9591386e09988c47",
        "GUARDRAIL, db5e8d6fef3696a55c4ccf4bcf5d9ec25cb1b84f281d350592ed8466cf48aa9c",
        "PRINCIPALS, 4f667476884cfc38f6135c47d81288e0d9ede4ab0c7dc2160d67a5ffb9ab9563",
        "APPLICATIONS, 79b6125ea2b7ebe895bcab4065c90a8d91382e046e7dd73e8945ed3afaa3a6fb",
        "HOSTILE, 2cc1c5af912ceb44454c0a4a095066e2bc2d10fddf2310ff671ae1c84816fccc"
    })
    void directory_sameSeed_sameBytes(Profile profile, String sha256, @TempDir Path folder) throws IOException {
        SyntheticStore store = SyntheticStore.of(profile, SEED, 120);
        StoreFiles.directory(store, folder, done -> {});

        MessageDigest digest = sha256();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update((folder.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        StringBuilder lines = new StringBuilder();
        for (SyntheticRequest request :
                store.requests(RequestMix.standard()).first(200).toList()) {
            RequestLines.request(lines, request);
        }
        digest.update(lines.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void build_anyProfile_isValidAndCompiles(Profile profile) {
        // So many that each shape of a managed policy is there.
        int policies = profile == Profile.MANAGED ? 1_594 : 500;
        Store store = SyntheticStore.of(profile, 7, policies).build();

        assertThat(store.findings()).extracting(Diagnostic::code).isSubsetOf(USUAL_FINDINGS);
        assertThat(store.findings()).noneMatch(Diagnostic::isError);
        assertThat(store.texts()).hasSizeGreaterThanOrEqualTo(policies);
        assertThat(Engine.compile(store).newRequest()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void directory_anyProfile_isReadAsTheStoreBuilt(Profile profile, @TempDir Path folder) throws IOException {
        SyntheticStore synthetic = SyntheticStore.of(profile, 3, 130);
        StoreFiles.directory(synthetic, folder, done -> {});

        Store loaded = Store.load(folder);
        Store built = synthetic.build();
        assertThat(loaded.findings()).extracting(Diagnostic::code).isSubsetOf(USUAL_FINDINGS);
        assertThat(loaded.users()).isEqualTo(built.users());
        assertThat(loaded.roles()).isEqualTo(built.roles());
        assertThat(loaded.groups()).isEqualTo(built.groups());
        assertThat(loaded.resources()).isEqualTo(built.resources());
        assertThat(loaded.vpcEndpoints()).isEqualTo(built.vpcEndpoints());
        assertThat(loaded.organization()).isEqualTo(built.organization());
        assertThat(loaded.texts().keySet()).isEqualTo(built.texts().keySet());
        built.texts()
                .forEach((name, text) -> assertThat(loaded.texts().get(name)).isEqualToIgnoringNewLines(text));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void build_fewPolicies_isValid(Profile profile) {
        for (int policies : new int[] {3, 4, 7, 10, 11, 13, 14, 39, 40, 41, 42}) {
            Store store = SyntheticStore.of(profile, policies, policies).build();

            assertThat(store.findings()).extracting(Diagnostic::code).isSubsetOf(USUAL_FINDINGS);
            assertThat(store.users().size() + store.roles().size()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void text_ofANumber_dependsOnSeedAndNumberOnly(Profile profile) {
        SyntheticStore small = SyntheticStore.of(profile, SEED, 500);
        SyntheticStore large = SyntheticStore.of(profile, SEED, 1_000_000);
        SyntheticStore other = SyntheticStore.of(profile, SEED + 1, 500);

        int same = 0;
        for (int i = 499; i >= 0; i -= 7) {
            assertThat(large.text(i)).isEqualTo(small.text(i));
            assertThat(large.name(i)).isEqualTo(small.name(i));
            same += other.text(i).equals(small.text(i)) ? 1 : 0;
        }
        assertThat(same).isLessThan(12);
        assertThat(large.text(999_999)).isNotEqualTo(large.text(499));
    }

    @Test
    void documents_ofAStore_areOneALine() throws IOException {
        SyntheticStore store = SyntheticStore.of(Profile.AMAZON_Q, 1, 50);
        StringWriter out = new StringWriter();

        StoreFiles.documents(store, out, done -> {});

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(50);
        assertThat(lines.get(2))
                .startsWith("{\"name\":\"trust-0000002\",\"type\":\"trust\",\"document\":{\"Version\":\"2012-10-17\"")
                .endsWith("}}");
    }

    @Test
    void build_amazonQ_hasEveryLayerAndSharedPolicies() {
        Store store = SyntheticStore.of(Profile.AMAZON_Q, 5, 2_000).build();

        assertThat(store.organization()).isPresent();
        assertThat(store.organization().get().root().units()).isNotEmpty();
        assertThat(store.groups()).hasSize(100);
        assertThat(store.roles().values())
                .hasSize(300)
                .allMatch(role -> role.trust().isPresent());
        assertThat(store.roles().values().stream()
                                .filter(role -> role.boundary().isPresent())
                                .count()
                        + store.users().values().stream()
                                .filter(user -> user.boundary().isPresent())
                                .count())
                .isEqualTo(150);
        assertThat(store.users().values())
                .hasSize(300)
                .allMatch(user -> user.groups().size() == 1)
                .allMatch(user -> user.policies().size() <= 10);
        assertThat(store.resources()).hasSize(200);
        assertThat(store.vpcEndpoints()).hasSize(50);
        Map<String, Integer> attached = new HashMap<>();
        store.users().values().forEach(user -> user.policies().forEach(name -> attached.merge(name, 1, Integer::sum)));
        store.roles().values().forEach(role -> role.policies().forEach(name -> attached.merge(name, 1, Integer::sum)));
        assertThat(attached).hasSize(1_300);
        assertThat(attached.values().stream().filter(count -> count == 1).count())
                .isBetween(500L, 900L);
        assertThat(attached.values().stream().mapToInt(Integer::intValue).max().orElseThrow())
                .isGreaterThan(100);
        assertThat(store.texts().keySet())
                .noneMatch(name -> store.document(name, PolicyType.SESSION).isPresent());
    }

    @Test
    void build_principals_haveTenPoliciesOfTheirOwn() {
        Store store = SyntheticStore.of(Profile.PRINCIPALS, 5, 1_000).build();

        Set<String> seen = new HashSet<>();
        int statements = 0;
        for (var user : store.users().values()) {
            assertThat(user.policies()).hasSize(10).allMatch(seen::add);
            for (String name : user.policies()) {
                statements += store.document(name, PolicyType.IDENTITY)
                        .orElseThrow()
                        .statements()
                        .size();
            }
        }
        assertThat(store.users()).hasSize(100);
        assertThat(statements / 100.0).isBetween(48.0, 60.0);
    }

    @Test
    void of_noPolicies_isRefused() {
        assertThatThrownBy(() -> SyntheticStore.of(Profile.AMAZON_Q, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policies: 0 is not positive");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
