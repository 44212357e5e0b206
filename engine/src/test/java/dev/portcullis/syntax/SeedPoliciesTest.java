package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Policies;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Amazon Q policies that the product is shown with. */
class SeedPoliciesTest {

    private static final Map<String, String> PARAMETERS = Map.of(
            "region", "us-east-1",
            "account_id", "111122223333",
            "source_account", "111122223333",
            "application_id", "11111111-2222-3333-4444-555555555555",
            "subscription_id", "66666666-7777-8888-9999-000000000000");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            AWSServiceRoleForAmazonQDeveloperPolicy       | IDENTITY | ~~
            AWSServiceRoleForQBusiness                    | IDENTITY | ~~
            AWSServiceRoleForUserSubscriptionPolicy       | IDENTITY | ~~
            AmazonQDeveloperAccess                        | IDENTITY | ~~
            AmazonQFullAccess                             | IDENTITY | ~~
            customizations-admin                          | IDENTITY | ~~
            developer-console-admin-legacy-codewhisperer  | IDENTITY | ~~
            developer-console-admin-new                   | IDENTITY | ~~
            plugins-admin                                 | IDENTITY | ~~
            qbusiness-application-role                    | IDENTITY | ~~
            qbusiness-application-trust                   | TRUST    | ~~
            subscription-console-admin                    | IDENTITY | ~~
            """)
    void read_seedPolicy_isSoundAndPrintsBack(String name, PolicyType type, String expected) throws IOException {
        byte[] text;
        try (InputStream stream = SeedPoliciesTest.class.getResourceAsStream("/seed/" + name + ".json")) {
            text = stream.readAllBytes();
        }
        Policies.Reading reading = Policies.read(name, type, text, Checks.NEW, PARAMETERS);
        assertThat(Checked.shown(reading.diagnostics())).isEqualTo(expected);
        String printed = Policies.print(reading.document().orElseThrow());
        Policies.Reading again = Policies.read(name, type, printed, Checks.NEW, Map.of());
        assertThat(Policies.print(again.document().orElseThrow())).isEqualTo(printed);
        assertThat(again.document().orElseThrow().statements())
                .hasSameSizeAs(reading.document().orElseThrow().statements());
    }
}
