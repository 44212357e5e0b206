package dev.portcullis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What statements are in other languages, and which can't be said. */
class PeerTextTest {

    private static final String USER = "arn:aws:iam::111122223333:user/engineering/qdev-1";

    private static Rule rule(String resource, Rule.Test... tests) {
        return new Rule(false, new String[] {"s3:GetObject", "s3:List*"}, new String[] {resource}, tests);
    }

    @Test
    void cedar_wildcards_areLikeOnStrings() {
        assertThat(CedarText.policy(USER, rule("arn:aws:s3:::models/*")))
                .isEqualTo("permit(principal == User::\"" + USER + "\", action, resource) when { "
                        + "(context.action == \"s3:getobject\" || context.action like \"s3:list*\") && "
                        + "(context.resource like \"arn:aws:s3:::models/*\") };");
    }

    @Test
    void cedar_negatedOperator_holdsWithoutTheKey() {
        Rule.Test test = new Rule.Test("StringNotEquals", "aws:ResourceTag/stage", "prod");
        Rule rule =
                new Rule(true, new String[] {"q:SendMessage"}, new String[] {"arn:aws:q:::x"}, new Rule.Test[] {test});
        assertThat(CedarText.policy(USER, rule))
                .isEqualTo("forbid(principal == User::\"" + USER + "\", action in [Action::\"q:sendmessage\"], "
                        + "resource == Resource::\"arn:aws:q:::x\") when { !(context has \"aws:ResourceTag/stage\" && "
                        + "[\"prod\"].contains(context[\"aws:ResourceTag/stage\"])) };");
    }

    @Test
    void cedar_questionMark_cannotBeSaid() {
        assertThat(CedarText.expresses(rule("arn:aws:s3:::models-?"))).isFalse();
        assertThat(CedarText.expresses(rule("arn:aws:s3:::models-*"))).isTrue();
    }

    @Test
    void cerbos_statement_isARuleWithCel() {
        Rule.Test test = new Rule.Test("IpAddress", "aws:SourceIp", "203.0.113.0/24");
        Peer.Owner owner = new Peer.Owner(USER, List.of(List.of(rule("arn:aws:s3:::models-?", test))));
        assertThat(CerbosText.policy(owner))
                .contains("\"resource\":\"qdev-1\"", "\"actions\":[\"s3:getobject\",\"s3:list*\"]")
                .contains("(R.attr.arn.matches(\\\"^arn:aws:s3:::models-.$\\\")) && ")
                .contains("\\\"aws:SourceIp\\\" in P.attr && (P.attr[\\\"aws:SourceIp\\\"].inIPAddrRange(");
    }

    @Test
    void said_statementThatCannotBeSaid_isLeftOutWithItsRequests() {
        PeerView all = PeerView.of("b:10");
        PeerView said = all.said(CedarText::expresses);
        assertThat(said.owners().get(0).rules()).allMatch(CedarText::expresses);
        assertThat(said.owners().get(0).rules())
                .hasSizeLessThan(all.owners().get(0).rules().length);
        assertThat(said.asks().length).isBetween(800, PeerView.ASKS - 1);
        assertThat(said.decisions()).hasSameSizeAs(said.asks());
    }
}
