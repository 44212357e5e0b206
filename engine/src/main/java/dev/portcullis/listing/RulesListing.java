package dev.portcullis.listing;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.util.List;

/**
 * The rules that policies came to, document by document in the order in which they were compiled, statement by statement:
 *
 * <pre>
 *   policy NAME, as identity-based policy
 *     #1 Sid: Deny
 *       actions    s3:get*
 *       principals not account 111122223333
 *       resource   prefix arn:aws:s3:::bucket/*
 *       condition  aws:sourceip not ip: ipv4 cb007100/24
 * </pre>
 */
public final class RulesListing {

    private static final PolicyType[] TYPES = PolicyType.values();

    private final SourceMap sources;
    private final CodeText code;
    private final Appendable out;

    private RulesListing(Automaton automaton, Appendable out) {
        this.sources = automaton.sources();
        this.code = new CodeText(new Tables(automaton));
        this.out = out;
    }

    /** Lists the rules of an automaton. */
    public static void write(Automaton automaton, Appendable out) throws IOException {
        RulesListing listing = new RulesListing(automaton, out);
        for (int document = 0; document < listing.sources.documents(); document++) {
            listing.document(document);
        }
    }

    private void document(int document) throws IOException {
        line("policy " + CodeText.escaped(sources.text(sources.name(document))) + ", as "
                + TYPES[sources.type(document)].label());
        SourceMap.Cursor body = sources.read(sources.body(document));
        int count = body.count();
        for (int number = 1; number <= count; number++) {
            SourceMap.Cursor source = sources.read(body.next());
            body.skip(4);
            int statement = source.next();
            boolean named = (source.next() & SourceMap.HAS_SID) != 0;
            String name = named ? " " + CodeText.escaped(sources.text(source.next())) : "";
            line("  #" + number + name + ": " + (code.denies(statement) ? "Deny" : "Allow") + code.flags(statement));
            statement(statement);
        }
    }

    private void statement(int statement) throws IOException {
        line("    actions    " + code.actions(statement));
        String principals = code.principals(statement);
        if (!principals.isEmpty()) {
            line("    principals " + principals);
        }
        List<String> resources = code.resources(statement);
        for (String resource : resources) {
            line("    resource   " + resource);
        }
        for (int condition : code.conditions(statement)) {
            line("    condition  " + code.predicate(condition));
        }
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }
}
