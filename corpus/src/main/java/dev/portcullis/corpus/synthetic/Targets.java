package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.ServiceReference.Action;
import dev.portcullis.corpus.synthetic.ServiceReference.Service;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Actions and resources that a statement is about, or not quite. Stateless. */
final class Targets {

    private static final int TRIES = 12;

    private Targets() {}

    /** An action that the element takes in; the first entries more often. */
    static String action(RandomNumbers random, Entries entries) {
        if (entries.negated()) {
            String action = anything(random);
            for (int i = 0; i < TRIES && takesIn(entries.texts(), action); i++) {
                action = anything(random);
            }
            return action;
        }
        String pattern = entries.texts().get(Ranks.zipf(random, entries.texts().size()));
        int colon = pattern.indexOf(':');
        if (colon < 0 || pattern.substring(0, colon).contains("*")) {
            return anything(random);
        }
        String name = pattern.substring(colon + 1);
        Optional<Service> service = service(pattern);
        if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
            return pattern;
        }
        List<Action> matching = service.map(Service::actions).orElse(List.of()).stream()
                .filter(action -> matches(name, action.name()))
                .toList();
        return matching.isEmpty()
                ? pattern.substring(0, colon + 1) + name.replace("*", "Thing").replace('?', 'x')
                : pattern.substring(0, colon + 1)
                        + matching.get(Ranks.zipf(random, matching.size())).name();
    }

    /** Another action of the same service, which the element does not take in, if there is one. */
    static String neighbour(RandomNumbers random, Entries entries, String action) {
        Optional<Service> service = service(action);
        String prefix = action.substring(0, action.indexOf(':') + 1);
        for (int i = 0; i < TRIES && service.isPresent(); i++) {
            String other = prefix + service.get().action(random).name();
            if (takesIn(entries.texts(), other) == entries.negated()) {
                return other;
            }
        }
        return anything(random);
    }

    /** Any action of any service. */
    static String anything(RandomNumbers random) {
        Service service = ServiceReference.get().service(random);
        return service.prefix() + ":" + service.action(random).name();
    }

    /** A resource that the statement is about. */
    static String resource(
            RandomNumbers random, Statement statement, String action, Account account, Fulfilment fulfilment) {
        Optional<Entries> entries = statement.resource();
        if (entries.isEmpty()
                || entries.get().negated()
                || entries.get().texts().contains("*")) {
            return any(random, action, account);
        }
        String pattern = random.one(entries.get().texts());
        String[] fields = fields(pattern);
        if (fields.length < 6) {
            return any(random, action, account);
        }
        fields[1] = fields[1].equals("*") ? "aws" : fields[1];
        fields[2] = fields[2].equals("*") ? action.substring(0, Math.max(0, action.indexOf(':'))) : fields[2];
        fields[3] = fields[3].equals("*") ? account.region(random) : fields[3];
        fields[4] = fields[4].equals("*") ? account.id() : fields[4];
        for (int i = 1; i < fields.length; i++) {
            fields[i] = fulfilment.instance(fields[i], true);
        }
        return String.join(":", fields);
    }

    /** A resource of the account that the action works on; {@code *} if it works on none. */
    static String any(RandomNumbers random, String action, Account account) {
        Optional<Service> service = service(action);
        String name = action.substring(action.indexOf(':') + 1);
        return service.flatMap(one -> ResourceNames.type(
                        random,
                        one,
                        one.actions().stream()
                                .filter(known -> known.name().equalsIgnoreCase(name))
                                .findFirst()))
                .map(type -> ResourceNames.exact(random, type, account))
                .orElse("*");
    }

    /** The same resource of somebody else, or another one of that type. */
    static String other(RandomNumbers random, String resource) {
        String[] fields = fields(resource);
        if (fields.length < 6) {
            return "arn:aws:s3:::" + Words.name(random);
        }
        if (fields[4].length() == 12 && random.chance(40)) {
            fields[4] = "9" + fields[4].substring(1, 11) + (fields[4].charAt(11) == '0' ? '1' : '0');
        } else {
            int slash = fields[5].lastIndexOf('/');
            fields[5] = fields[5].substring(0, slash + 1) + "zz-" + Words.name(random);
        }
        return String.join(":", fields);
    }

    /** The fields of an ARN, variables left whole. */
    static String[] fields(String arn) {
        String[] fields = new String[6];
        int field = 0;
        int start = 0;
        for (int i = 0; i < arn.length() && field < 5; i++) {
            if (arn.startsWith("${", i)) {
                i = Math.max(i, arn.indexOf('}', i));
            } else if (arn.charAt(i) == ':') {
                fields[field++] = arn.substring(start, i);
                start = i + 1;
            }
        }
        if (field < 5) {
            return new String[0];
        }
        fields[5] = arn.substring(start);
        return fields;
    }

    private static Optional<Service> service(String action) {
        String prefix = action.substring(0, Math.max(0, action.indexOf(':'))).toLowerCase(Locale.ROOT);
        return ServiceReference.get().contains(prefix)
                ? Optional.of(ServiceReference.get().service(prefix))
                : Optional.empty();
    }

    /** Whether one of the patterns matches the action. */
    static boolean takesIn(List<String> patterns, String action) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, action));
    }

    /** Plain matching of {@code *} and {@code ?}, without regard to case. */
    static boolean matches(String pattern, String text) {
        return matches(pattern.toLowerCase(Locale.ROOT), 0, text.toLowerCase(Locale.ROOT), 0);
    }

    private static boolean matches(String pattern, int at, String text, int from) {
        for (int i = at; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                for (int rest = from; rest <= text.length(); rest++) {
                    if (matches(pattern, i + 1, text, rest)) {
                        return true;
                    }
                }
                return false;
            }
            if (from == text.length() || (c != '?' && c != text.charAt(from))) {
                return false;
            }
            from++;
        }
        return from == text.length();
    }
}
