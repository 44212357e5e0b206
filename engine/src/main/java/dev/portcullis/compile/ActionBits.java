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

    private static final long EVERY_ACTION = (long) Dispatch.EVERY_ACTION << Dispatch.MODE_SHIFT;
    private static final long GUARD = (long) Dispatch.GUARD << Dispatch.MODE_SHIFT;
    private static final long UNKNOWN = -2;

    private final ActionTest test;
    private final ActionNames names;
    private final BitmapWriter bitmaps;
    private final int[] services;
    private final long[] ofServices;
    private final long unnamed;
    /** Of a list that may be about services that it doesn't name; else null. */
    private final Map<Integer, Long> ofOthers;

    ActionBits(ActionTest test, ActionNames names, BitmapWriter bitmaps) {
        this.test = test;
        this.names = names;
        this.bitmaps = bitmaps;
        Set<Integer> named = new LinkedHashSet<>();
        boolean wild = test.negated();
        for (String glob : test.globs()) {
            String service = service(glob);
            if (StatementWriter.isGlob(service)) {
                wild = true;
            } else if (names.service(service) != ActionNames.UNKNOWN) {
                named.add(names.service(service));
            }
        }
        services = named.stream().mapToInt(Integer::intValue).toArray();
        ofServices = new long[services.length];
        Arrays.fill(ofServices, UNKNOWN);
        ofOthers = wild ? new HashMap<>() : null;
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

    /** The action part for a service that the set names. All names must be known. */
    long named(int service) {
        for (int i = 0; i < services.length; i++) {
            if (services[i] == service) {
                if (ofServices[i] == UNKNOWN) {
                    ofServices[i] = of(service);
                }
                return ofServices[i];
            }
        }
        return ofOthers == null ? NEVER : ofOthers.computeIfAbsent(service, this::of);
    }

    private long of(int service) {
        // L18, U29
        if (test.globs().isEmpty()) {
            return NEVER;
        }
        String name = names.serviceName(service);
        List<String> matching = new ArrayList<>();
        boolean every = false;
        for (String glob : test.globs()) {
            if (Glob.matches(service(glob), name)) {
                matching.add(name(glob));
                every |= isStars(name(glob));
            }
        }
        if (test.negated() ? every : matching.isEmpty()) {
            return NEVER;
        }
        if (test.negated() ? matching.isEmpty() : every) {
            return EVERY_ACTION;
        }
        int offset = bitmaps.write(bits(matching, service));
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
