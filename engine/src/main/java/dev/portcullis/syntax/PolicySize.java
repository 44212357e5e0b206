package dev.portcullis.syntax;

import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;

/** AWS's quotas on the length of a document (rules L23, L25). AWS's own documents exceed them, so it is a warning. */
final class PolicySize {

    private PolicySize() {}

    static void check(PolicyType type, String source, SyntaxTree root, Findings findings) {
        boolean blanksCount = type == PolicyType.SERVICE_CONTROL || type == PolicyType.RESOURCE_CONTROL;
        int most = quota(type);
        if (source.length() <= most) {
            return;
        }
        int characters = characters(source, blanksCount);
        if (characters > most) {
            findings.warning(
                    code(type),
                    Shapes.opening(root),
                    "the policy has " + characters + " characters" + (blanksCount ? "" : " without white space")
                            + ", more than AWS's quota of " + most + " for " + Examination.aType(type));
        }
    }

    /** Characters of a JSON text, with or without the white space between its tokens. */
    static int characters(String json, boolean blanksCount) {
        if (blanksCount) {
            return json.codePointCount(0, json.length());
        }
        int count = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString && c == '\\') {
                count += 2; // the escaped character is never a blank
                i++;
                continue;
            }
            if (c == '"') {
                inString = !inString;
            }
            boolean blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if ((inString || !blank) && !Character.isLowSurrogate(c)) {
                count++;
            }
        }
        return count;
    }

    private static int quota(PolicyType type) {
        return switch (type) {
            case IDENTITY, BOUNDARY -> Limits.MANAGED_POLICY_CHARACTERS;
            case TRUST -> Limits.TRUST_POLICY_CHARACTERS;
            case SESSION -> Limits.SESSION_POLICY_CHARACTERS;
            case SERVICE_CONTROL -> Limits.SERVICE_CONTROL_POLICY_CHARACTERS;
            case RESOURCE_CONTROL -> Limits.RESOURCE_CONTROL_POLICY_CHARACTERS;
            case RESOURCE, VPC_ENDPOINT -> Limits.RESOURCE_POLICY_CHARACTERS;
        };
    }

    private static String code(PolicyType type) {
        String what = switch (type) {
            case IDENTITY, BOUNDARY -> "IDENTITY_POLICY";
            case TRUST -> "ROLE_TRUST_POLICY";
            case SESSION -> "SESSION_POLICY";
            case SERVICE_CONTROL -> "SCP";
            case RESOURCE_CONTROL -> "RCP";
            case RESOURCE, VPC_ENDPOINT -> "RESOURCE_POLICY";
        };
        return "POLICY_SIZE_EXCEEDS_" + what + "_QUOTA";
    }
}
