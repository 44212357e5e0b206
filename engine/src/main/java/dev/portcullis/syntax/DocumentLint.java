package dev.portcullis.syntax;

import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Statement;
import java.util.List;

/** What AWS takes but an author will want to know (section 8). Looks at sound statements only. */
final class DocumentLint {

    private DocumentLint() {}

    static void check(List<Statement> statements, Examination examination) {
        Findings findings = examination.findings();
        ConditionLint conditions = new ConditionLint(findings);
        RedundancyLint redundancy = new RedundancyLint(findings);
        VariableLint variables = new VariableLint(findings);
        GrantLint grants = new GrantLint(findings);
        TrustLint trust = new TrustLint(findings);
        ResourceControlLint resourceControl = new ResourceControlLint(findings);
        for (Statement statement : statements) {
            conditions.check(statement);
            variables.check(statement);
            redundancy.check(statement);
            PolicyType type = examination.type();
            if (type == PolicyType.IDENTITY) {
                grants.check(statement);
            } else if (type == PolicyType.TRUST) {
                trust.check(statement);
            } else if (type == PolicyType.RESOURCE) {
                ServicePrincipalLint.check(statement, findings);
            } else if (type == PolicyType.RESOURCE_CONTROL) {
                resourceControl.check(statement);
            }
        }
    }
}
