package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Actions, resource types and condition keys of AWS's services, from {@code services.txt}, which says what its lines mean.
 * Immutable.
 */
final class ServiceReference {

    private static final ServiceReference INSTANCE = new ServiceReference(DataFile.lines("services.txt"));

    private final Map<String, Service> services = new HashMap<>();
    private final List<Service> weighted = new ArrayList<>();
    private final int[] totals;

    /** How an action touches a resource. */
    enum Level {
        READ,
        LIST,
        WRITE,
        TAGGING,
        PERMISSIONS
    }

    /**
     * An action.
     *
     * @param name without the service
     * @param types which of the service's resource types it works on
     */
    record Action(String name, Level level, List<Integer> types) {}

    /**
     * A condition key.
     *
     * @param name {@code $} stands for what varies
     * @param type as the reference calls it: String, ArrayOfString, ARN, Bool, Numeric …
     */
    record ConditionKey(String name, String type) {}

    /**
     * A service.
     *
     * @param prefix what its actions begin with
     * @param weight its entries in the policies that AWS manages
     * @param types ARNs of its resource types without {@code arn:aws:}, {@code $} for what varies
     * @param actions the most used first
     */
    record Service(String prefix, int weight, List<String> types, List<Action> actions, List<ConditionKey> keys) {

        /** An action, the first ones more often. */
        Action action(RandomNumbers random) {
            return actions.get(Ranks.zipf(random, actions.size()));
        }

        /** Different actions' names, {@code count} of them if there are as many; the first ones more often. */
        List<String> actionNames(RandomNumbers random, int count) {
            boolean[] taken = new boolean[actions.size()];
            int wanted = Math.min(count, actions.size());
            List<String> names = new ArrayList<>(wanted);
            for (int i = 0; i < wanted; i++) {
                int index = Ranks.zipf(random, actions.size());
                while (taken[index]) {
                    index = index + 1 == taken.length ? 0 : index + 1;
                }
                taken[index] = true;
                names.add(actions.get(index).name());
            }
            return names;
        }
    }

    private ServiceReference(List<String> lines) {
        List<String> types = new ArrayList<>();
        List<Action> actions = new ArrayList<>();
        List<ConditionKey> keys = new ArrayList<>();
        String[] head = new String[0];
        for (String line : lines) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "s" -> {
                    add(head, types, actions, keys);
                    head = words;
                }
                case "t" -> types.add(words[1]);
                case "k" -> keys.add(new ConditionKey(words[1], words[2]));
                default -> actions.add(new Action(words[1], level(words[0]), numbers(words)));
            }
        }
        add(head, types, actions, keys);
        totals = Ranks.totals(weighted.stream().mapToInt(Service::weight).toArray());
    }

    private void add(String[] head, List<String> types, List<Action> actions, List<ConditionKey> keys) {
        if (head.length > 0) {
            Service service = new Service(
                    head[1], Integer.parseInt(head[2]), List.copyOf(types), List.copyOf(actions), List.copyOf(keys));
            services.put(service.prefix(), service);
            weighted.add(service);
        }
        types.clear();
        actions.clear();
        keys.clear();
    }

    private static Level level(String letter) {
        return switch (letter) {
            case "R" -> Level.READ;
            case "L" -> Level.LIST;
            case "W" -> Level.WRITE;
            case "T" -> Level.TAGGING;
            case "P" -> Level.PERMISSIONS;
            default -> throw new IllegalStateException("services.txt has no lines `" + letter + "`");
        };
    }

    private static List<Integer> numbers(String[] words) {
        return Arrays.stream(words, 2, words.length).map(Integer::valueOf).toList();
    }

    /** The one that comes with this module. */
    static ServiceReference get() {
        return INSTANCE;
    }

    /** The service of a prefix, in lower case; it has to be there. */
    Service service(String prefix) {
        Service service = services.get(prefix);
        if (service == null) {
            throw new IllegalArgumentException("services.txt has no service `" + prefix + "`");
        }
        return service;
    }

    /** Whether there is such a service. */
    boolean contains(String prefix) {
        return services.containsKey(prefix);
    }

    /** A service, each as often as the policies that AWS manages have it. */
    Service service(RandomNumbers random) {
        return weighted.get(Ranks.weighted(random, totals));
    }
}
