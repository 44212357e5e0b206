package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.compiled.Contest.Outcome;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Semantics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Characters that a careless comparison takes for one another: equal low bytes (U+0173 and s), equal lower case (the Kelvin
 * sign and k), composed and decomposed, halves of surrogate pairs. Every pair, wherever texts are compared, in every form
 * that a request can be filled in, engine against reference.
 */
class LookAlikesTest {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final int FORMS = 3;

    private static final List<String> TEXTS = List.of(
            "s",
            "S",
            "\u0173",
            "\u017F",
            "k",
            "K",
            "\u212A",
            "i",
            "I",
            "\u0130",
            "\u0131",
            "i\u0307",
            "a",
            "\u0161",
            "\u4E61",
            "\uFF41",
            "\u00E9",
            "\u00C9",
            "e\u0301",
            "\u03C3",
            "\u03C2",
            "\u03A3",
            "*",
            "\u012A",
            "?",
            "\u013F",
            "\uD83D\uDE00",
            "\uD83D\uDE01",
            "\uD83C\uDE00",
            "\uD801\uDC00",
            "\uD801\uDC28",
            "ss",
            "\u00DF");

    private int compared;
    private int allowed;

    @Test
    void decide_everyPairOfLookAlikes_asReference() {
        for (String written : TEXTS) {
            Contest contest = new Contest(store(written), Semantics.defaults());
            for (String asked : TEXTS) {
                ask(contest, written, asked);
            }
        }
        assertThat(compared).isEqualTo(TEXTS.size() * TEXTS.size() * Place.values().length * FORMS);
        assertThat(allowed).isBetween(compared / 100, compared / 2);
    }

    /** Where a policy's text meets a request's. */
    private enum Place {
        EQUALS,
        NOT_EQUALS,
        IGNORE_CASE,
        LIKE,
        LIKE_BEHIND_STAR,
        VARIABLE,
        ARN,
        KEY,
        TAG_KEY,
        RESOURCE,
        RESOURCE_BEHIND_STAR,
        RESOURCE_VARIABLE
    }

    /** One statement of its own action for each place. */
    private static Store store(String written) {
        Map<Place, String> statements = new LinkedHashMap<>();
        String text = escaped(written);
        statements.put(Place.EQUALS, when("StringEquals", "svc:k", text));
        statements.put(Place.NOT_EQUALS, when("StringNotEquals", "svc:k", text));
        statements.put(Place.IGNORE_CASE, when("StringEqualsIgnoreCase", "svc:k", text));
        statements.put(Place.LIKE, when("StringLike", "svc:k", text));
        statements.put(Place.LIKE_BEHIND_STAR, when("StringLike", "svc:k", "*" + text + "*"));
        statements.put(Place.VARIABLE, when("StringLike", "svc:k", "x${svc:none, '" + written + "'}*"));
        statements.put(Place.ARN, when("ArnLike", "svc:arn", "arn:aws:s3:::a" + text + "b"));
        statements.put(Place.KEY, when("StringEquals", "svc:" + written, "v"));
        statements.put(Place.TAG_KEY, when("StringEquals", "aws:PrincipalTag/" + written, "v"));
        statements.put(Place.RESOURCE, "\"Resource\":\"arn:aws:s3:::" + text + "\"");
        statements.put(Place.RESOURCE_BEHIND_STAR, "\"Resource\":\"arn:aws:s3:::*" + text + "?*\"");
        statements.put(Place.RESOURCE_VARIABLE, "\"Resource\":\"arn:aws:s3:::${svc:v}" + text + "\"");
        StringBuilder document = new StringBuilder("{\"Version\":\"2012-10-17\",\"Statement\":[");
        statements.forEach((place, rest) -> document.append("{\"Effect\":\"Allow\",\"Action\":\"svc:")
                .append(place)
                .append("\",")
                .append(rest)
                .append(place == Place.RESOURCE_VARIABLE ? "}]}" : "},"));
        return Store.builder()
                .checks(Checks.STORED)
                .policy("p", document.toString())
                .user(ALICE, user -> user.attach("p"))
                .build();
    }

    private static String when(String operator, String key, String value) {
        return "\"Resource\":\"*\",\"Condition\":{\"" + operator + "\":{\"" + key + "\":\"" + value + "\"}}";
    }

    /** As the policy's text means it: itself, its wildcards literal. */
    private static String escaped(String written) {
        return switch (written) {
            case "*" -> "${*}";
            case "?" -> "${?}";
            default -> written;
        };
    }

    private void ask(Contest contest, String written, String asked) {
        for (Place place : Place.values()) {
            String resource = switch (place) {
                case RESOURCE -> "arn:aws:s3:::" + asked;
                case RESOURCE_BEHIND_STAR -> "arn:aws:s3:::x" + asked + "yz";
                case RESOURCE_VARIABLE -> "arn:aws:s3:::" + asked + asked;
                default -> "*";
            };
            Map<String, ContextValue> context = switch (place) {
                case KEY -> single("svc:" + asked, "v");
                case TAG_KEY -> single("aws:PrincipalTag/" + asked, "v");
                case ARN -> single("svc:arn", "arn:aws:s3:::a" + asked + "b");
                case LIKE_BEHIND_STAR -> single("svc:k", "x" + asked + "y");
                case VARIABLE -> single("svc:k", "x" + asked + "y");
                case RESOURCE_VARIABLE -> single("svc:v", asked);
                default -> single("svc:k", asked);
            };
            AccessRequest request = new AccessRequest(
                    ALICE,
                    "svc:" + place,
                    resource,
                    Optional.of("111122223333"),
                    context,
                    Optional.empty(),
                    Optional.empty(),
                    Situation.Facts.NONE);
            for (int form = 0; form < FORMS; form++) {
                Outcome outcome = contest.decide(request, false);
                assertThat(outcome.engine())
                        .as("%s: %s against %s", place, written, asked)
                        .isEqualTo(outcome.reference())
                        .isPresent();
                compared++;
                allowed += outcome.engine().get() == Decision.ALLOW ? 1 : 0;
            }
        }
    }

    private static Map<String, ContextValue> single(String key, String value) {
        return Map.of(key, new ContextValue.Single(value));
    }
}
