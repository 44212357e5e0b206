package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicySizeTest {

    @Test
    void characters_blanksBetweenTokens_countWhereTheyDo() { // L23
        String json = "{ \"a b\" :\t\"\\\" \\u0020\",\r\n\"c\": \"\uD801\uDC00\" }";
        assertThat(PolicySize.characters(json, true)).isEqualTo(json.length() - 1);
        assertThat(PolicySize.characters(json, false)).isEqualTo(27);
        assertThat(PolicySize.characters("{\"a b\":\"\\\" \\u0020\",\"c\":\"\uD801\uDC00\"}", true))
                .isEqualTo(27);
    }

    /** Every quota, one character below and above it (rule L25). */
    @ParameterizedTest
    @CsvSource({
        "identity, 6144, POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
        "boundary, 6144, POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
        "session, 2048, POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA",
        "trust, 4096, POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
        "scp, 10240, POLICY_SIZE_EXCEEDS_SCP_QUOTA",
        "rcp, 5120, POLICY_SIZE_EXCEEDS_RCP_QUOTA",
        "resource, 20480, POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
        "vpc-endpoint, 20480, POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"
    })
    void check_lengthAtAndAboveTheQuota_warnsAbove(String shortName, int quota, String code) {
        PolicyType type = Checked.type(shortName);
        assertThat(Checked.findings(type, Checks.NEW, ofLength(type, quota))).isEmpty();
        assertThat(Checked.findings(type, Checks.NEW, ofLength(type, quota + 1)))
                .isEqualTo("W:" + code);
        String spaced = ofLength(type, quota).replace("{'Version'", "{    'Version'");
        boolean blanksCount = type == PolicyType.SERVICE_CONTROL || type == PolicyType.RESOURCE_CONTROL;
        assertThat(Checked.findings(type, Checks.NEW, spaced)).isEqualTo(blanksCount ? "W:" + code : "");
    }

    private static String ofLength(PolicyType type, int length) {
        String principal = type.namesPrincipals() ? "'Principal':'*'," : "";
        String resource = type == PolicyType.TRUST ? "" : "'Resource':'*',";
        String action = type == PolicyType.TRUST ? "sts:AssumeRole" : "s3:GetObject";
        String start = "{'Version':'2012-10-17','Statement':[{" + principal + resource + "'Effect':'Deny','Action':'"
                + action + "','Condition':{'StringEquals':{'a:b':[";
        String end = "]}}}]}";
        StringBuilder text = new StringBuilder(start);
        int left = length - start.length() - end.length();
        while (left > 1_010) {
            text.append('\'').append("x".repeat(900)).append("',");
            left -= 903;
        }
        return text.append('\'')
                .append("y".repeat(left - 2))
                .append('\'')
                .append(end)
                .toString();
    }
}
