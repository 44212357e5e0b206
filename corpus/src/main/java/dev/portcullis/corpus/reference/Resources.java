package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.Pattern.Question;
import dev.portcullis.corpus.reference.Pattern.Star;
import dev.portcullis.corpus.reference.Pattern.Token;
import dev.portcullis.corpus.reference.Pattern.Unit;
import dev.portcullis.corpus.reference.Pattern.Variable;
import dev.portcullis.corpus.reference.StatementText.ResourceEntry;
import dev.portcullis.corpus.reference.StatementText.ResourceList;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tests {@code Resource} and {@code NotResource} (section 3 of the language). */
final class Resources {

    /** The fields of an ARN, of which the last one is the whole rest (rule L39). */
    private static final int FIELDS = 6;

    private final String resource;
    private final Context context;
    private final Semantics semantics;

    Resources(String resource, Context context, Semantics semantics) {
        this.resource = resource;
        this.context = context;
        this.semantics = semantics;
    }

    boolean match(StatementText statement, PolicyType type) {
        // E33: the attached resource.
        if (statement.resource().isEmpty()) {
            return true;
        }
        ResourceList list = statement.resource().get();
        // L19; U29
        if (list.entries().isEmpty()) {
            return list.not() && !semantics.is(Point.EMPTY_NOT_LIST_HAS_NO_EFFECT);
        }
        boolean listed = false;
        boolean unresolved = false;
        for (ResourceEntry entry : list.entries()) {
            Optional<Boolean> matches = entry(entry, type);
            // L50, L54: an entry without a value matches nothing, the others still count.
            listed = listed || matches.orElse(false);
            unresolved = unresolved || matches.isEmpty();
        }
        if (!list.not()) {
            return listed;
        }
        // L51, L55; U10: an unresolved entry excludes nothing, but then nothing is allowed either.
        boolean failsClosed = unresolved
                && statement.effect() == Effect.ALLOW
                && semantics.is(Point.UNRESOLVED_NOT_RESOURCE_FAILS_CLOSED);
        return !listed && !failsClosed;
    }

    /** Whether one entry matches; empty when a variable in it has no value. */
    private Optional<Boolean> entry(ResourceEntry entry, PolicyType type) {
        // L40; L52: a request without a specific resource is matched by nothing else.
        if (entry.text().equals("*")) {
            return Optional.of(true);
        }
        Optional<Glob> glob = glob(entry.pattern(), type);
        return glob.map(found -> !resource.equals("*") && found.matches(resource));
    }

    private Optional<Glob> glob(Pattern pattern, PolicyType type) {
        List<Token> tokens = new ArrayList<>(pattern.tokens());
        int colons = 0;
        for (Token token : tokens) {
            colons += isColon(token) ? 1 : 0;
        }
        boolean complete = colons >= FIELDS - 1;
        boolean completed = !complete && (isIdentityBased(type) || semantics.is(Point.SHORT_ARNS_COMPLETED_EVERYWHERE));
        // L48: in identity-based policies `*` is put in for the missing fields.
        for (int field = colons + 1; completed && field < FIELDS; field++) {
            tokens.add(new Unit(':'));
            tokens.add(new Star());
        }
        // U8: a completed pattern is matched field by field.
        boolean starsCross = complete && semantics.is(Point.STAR_ENDING_A_FIELD_CROSSES_COLONS);
        Glob.Builder glob = new Glob.Builder();
        int field = 1;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean head = field < FIELDS;
            if (token instanceof Unit unit) {
                glob.literal(unit.value());
                field += isColon(token) ? 1 : 0;
            } else if (token instanceof Star) {
                boolean endsField = i + 1 == tokens.size() || isColon(tokens.get(i + 1));
                // L43, L44, U27
                glob.add(!head || (endsField && starsCross) ? Glob.STAR : Glob.FIELD_STAR);
            } else if (token instanceof Question) {
                // L44
                glob.add(head ? Glob.FIELD_QUESTION : Glob.QUESTION);
            } else if (token instanceof Variable variable) {
                // L53, U9
                Optional<String> value = head && !semantics.is(Point.VARIABLES_IN_ARN_HEAD)
                        ? Optional.empty()
                        : Pattern.valueOf(variable, context);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                append(value.get(), head, glob);
            }
        }
        // U8: short ARNs of other policy types match nothing.
        return complete || completed ? Optional.of(glob.build()) : Optional.of(NOTHING);
    }

    /** L136, L146 (U25). */
    private void append(String value, boolean head, Glob.Builder glob) {
        boolean wildcards = semantics.is(Point.WILDCARDS_IN_VARIABLE_VALUES);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (wildcards && c == '*') {
                glob.add(head ? Glob.FIELD_STAR : Glob.STAR);
            } else if (wildcards && c == '?') {
                glob.add(head ? Glob.FIELD_QUESTION : Glob.QUESTION);
            } else {
                glob.literal(c);
            }
        }
    }

    /** A boundary is a managed policy as identities have them (rule E36). */
    private static boolean isIdentityBased(PolicyType type) {
        return type == PolicyType.IDENTITY || type == PolicyType.BOUNDARY;
    }

    private static boolean isColon(Token token) {
        return token instanceof Unit unit && unit.value() == ':';
    }

    /** Matches the empty text, which is no resource. */
    private static final Glob NOTHING = new Glob.Builder().build();
}
