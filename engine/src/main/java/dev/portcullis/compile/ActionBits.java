package dev.portcullis.compile;

import dev.portcullis.automaton.Dispatch;
import dev.portcullis.compile.StatementWriter.ActionTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The action parts of {@link Dispatch}'s elements that one action list comes to, each worked out once. */
final class ActionBits {

    /** In place of an action part: the statement can't match. */
    static final long NEVER = -1;

    private static final long EVERY_ACTION =
            (long) Dispatch.EVERY_ACTION << Dispatch.MODE_SHIFT | (long) Dispatch.BITMAP_MASK << Dispatch.BITMAP_SHIFT;
    private static final long GUARD = (long) Dispatch.GUARD << Dispatch.MODE_SHIFT;
    private static final long UNKNOWN = -2;

    /** Lists up to here are walked for each service. */
    private static final int FEW_GLOBS = 16;
    /** More action names of one service than patterns are tried on: AWS's largest service has 760. */
    private static final int MANY_NAMES = 1_024;
    /** Of a pattern on a name, for one list and service: about 5 ms. */
    private static final int MANY_TRIALS = 1 << 18;

    private final ActionTest test;
    private final ActionNames names;
    private final BitmapWriter bitmaps;
    private final int[] services;
    private final long[] ofServices;
    private final long unnamed;
    /** Of a list that may be about services that it doesn't name; else null. */
    private final Map<Integer, Long> ofOthers;
    /** Of a long list, the globs whose service is written out, by it; else null. */
    private final Map<String, List<String>> byService;
    /** Of a long list, the place of each service in {@code services}; else null. */
    private final Map<Integer, Integer> placeOf;
    /** The other globs of a long list. */
    private final List<String> wild;
    /** Globs of services, and how many of these are patterns of names, too. */
    private int serviceGlobs;

    private int nameGlobs;

    ActionBits(ActionTest test, ActionNames names, BitmapWriter bitmaps) {
        this.test = test;
        this.names = names;
        this.bitmaps = bitmaps;
        boolean isLong = test.globs().size() > FEW_GLOBS;
        byService = isLong ? new HashMap<>() : null;
        wild = isLong ? new ArrayList<>() : List.of();
        Set<Integer> named = new LinkedHashSet<>();
        for (String glob : test.globs()) {
            String service = service(glob);
            boolean isGlob = StatementWriter.isGlob(service);
            if (isGlob) {
                serviceGlobs++;
                nameGlobs += isStars(name(glob)) ? 0 : 1;
            } else if (names.service(service) != ActionNames.UNKNOWN) {
                named.add(names.service(service));
            }
            if (isLong) {
                (isGlob ? wild : byService.computeIfAbsent(service, unused -> new ArrayList<>())).add(glob);
            }
        }
        services = named.stream().mapToInt(Integer::intValue).toArray();
        placeOf = isLong ? new HashMap<>() : null;
        for (int i = 0; isLong && i < services.length; i++) {
            placeOf.put(services[i], i);
        }
        ofServices = new long[services.length];
        Arrays.fill(ofServices, UNKNOWN);
        ofOthers = test.negated() || serviceGlobs > 0 ? new HashMap<>() : null;
        unnamed = ofUnnamed();
    }

    private static String service(String glob) {
        return glob.substring(0, glob.indexOf(':'));
    }

    private static String name(String glob) {
        return glob.substring(glob.indexOf(':') + 1);
    }

    private static boolean isStars(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '*') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The services that the list names, in its order. */
    int[] services() {
        return services;
    }

    /** The action part for services that the set doesn't name. */
    long unnamed() {
        return unnamed;
    }

    private long ofUnnamed() {
        boolean wild = false;
        for (String glob : test.globs()) {
            String service = service(glob);
            if (isStars(service) && isStars(name(glob))) {
                return test.negated() ? NEVER : EVERY_ACTION;
            }
            // A service without a number can only be told by its name.
            wild |= StatementWriter.isGlob(service) || names.service(service) == ActionNames.UNKNOWN;
        }
        if (wild) {
            return GUARD;
        }
        return test.negated() && !test.globs().isEmpty() ? EVERY_ACTION : NEVER;
    }

    /** The action part for whatever service: where a set says the same for all of them. */
    long any() {
        if (everything()) {
            return test.negated() ? NEVER : EVERY_ACTION;
        }
        return test.globs().isEmpty() ? NEVER : GUARD;
    }

    private boolean everything() {
        for (String glob : test.globs()) {
            if (isStars(service(glob)) && isStars(name(glob))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the list may be about services that it doesn't name. */
    boolean isGeneral() {
        return ofOthers != null;
    }

    /**
     * How many trials of a pattern it may take to find all action parts.
     *
     * @param services how many services are asked for
     * @param known how many action names they have
     */
    long trials(int services, long known) {
        return ofOthers == null ? 0 : (long) services * Math.max(1, serviceGlobs) + known * nameGlobs;
    }

    /** The action part for a service that the set names. All names must be known. */
    long named(int service) {
        int place = place(service);
        if (place < 0) {
            return ofOthers == null ? NEVER : ofOthers.computeIfAbsent(service, this::of);
        }
        if (ofServices[place] == UNKNOWN) {
            ofServices[place] = of(service);
        }
        return ofServices[place];
    }

    private int place(int service) {
        if (placeOf != null) {
            return placeOf.getOrDefault(service, ActionNames.UNKNOWN);
        }
        for (int i = 0; i < services.length; i++) {
            if (services[i] == service) {
                return i;
            }
        }
        return ActionNames.UNKNOWN;
    }

    /** The globs that may cover a service. */
    private List<String> globs(String service) {
        if (byService == null) {
            return test.globs();
        }
        List<String> named = byService.getOrDefault(service, List.of());
        if (wild.isEmpty()) {
            return named;
        }
        List<String> globs = new ArrayList<>(named);
        globs.addAll(wild);
        return globs;
    }

    private long of(int service) {
        // L18, U29
        if (test.globs().isEmpty()) {
            return NEVER;
        }
        String name = names.serviceName(service);
        List<String> matching = new ArrayList<>();
        boolean every = false;
        int patterns = 0;
        for (String glob : globs(name)) {
            if (Glob.matches(service(glob), name)) {
                String ofName = name(glob);
                matching.add(ofName);
                every |= isStars(ofName);
                patterns += StatementWriter.isGlob(ofName) ? 1 : 0;
            }
        }
        if (test.negated() ? every : matching.isEmpty()) {
            return NEVER;
        }
        if (test.negated() ? matching.isEmpty() : every) {
            return EVERY_ACTION;
        }
        int known = names.actions(service).size();
        if (patterns > 0 && (known > MANY_NAMES || (long) patterns * known > MANY_TRIALS)) {
            return GUARD;
        }
        long[] bits = bits(matching, service);
        if (known <= Dispatch.MOST_BITS) {
            long few = known == 0 ? 0 : bits[0];
            return (long) Dispatch.BITS << Dispatch.MODE_SHIFT | few << Dispatch.BITMAP_SHIFT;
        }
        int offset = bitmaps.write(bits);
        return offset > Dispatch.BITMAP_MASK
                ? GUARD
                : (long) Dispatch.BITMAP << Dispatch.MODE_SHIFT | (long) offset << Dispatch.BITMAP_SHIFT;
    }

    private long[] bits(List<String> globs, int service) {
        List<String> actions = names.actions(service);
        long[] words = new long[(actions.size() + 63) >> 6];
        for (String name : globs) {
            if (StatementWriter.isGlob(name)) {
                for (int place = 0; place < actions.size(); place++) {
                    if (Glob.matches(name, actions.get(place))) {
                        words[place >> 6] |= 1L << place;
                    }
                }
            } else {
                int place = names.place(service, name);
                if (place != ActionNames.UNKNOWN) {
                    words[place >> 6] |= 1L << place;
                }
            }
        }
        if (test.negated()) {
            for (int place = 0; place < actions.size(); place++) {
                words[place >> 6] ^= 1L << place;
            }
        }
        return words;
    }
}
