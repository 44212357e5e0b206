package dev.portcullis.automaton;

import dev.portcullis.policy.Limits;

/**
 * The words of all policies of an engine, numbered: what a request is translated into. Immutable.
 *
 * <pre>
 *   actions       "q:sendmessage"      number a of a known action
 *   actionWords   [ service:16 | local:16 ]          of action a
 *   services      "q"                  number of a service
 *   keys          "aws:sourceip"       slot of a context key that some policy names
 * </pre>
 */
public final class Vocabulary {

    /** Folded action names with their services. */
    final TextTable actions;

    final int[] actionWords;
    final TextTable services;
    /** Folded context keys; the number is the slot. */
    final TextTable keys;

    final Heads heads;
    final Readings readings;
    /** Slot of {@code aws:AssumedRoot}. */
    final int assumedRootSlot;
    /** Slot of {@code aws:SourceVpce}. */
    final int sourceVpceSlot;
    /** Slot of {@code identitystore:UserId}, or -1 when it is like any other (U26). */
    final int eitherWaySlot;

    final AutomaticKeys automatic;

    public Vocabulary(
            TextTable actions,
            int[] actionWords,
            TextTable services,
            TextTable keys,
            Heads heads,
            Readings readings,
            int assumedRootSlot,
            int sourceVpceSlot,
            int eitherWaySlot,
            AutomaticKeys automatic) {
        this.actions = actions;
        this.actionWords = actionWords;
        this.services = services;
        this.keys = keys;
        this.heads = heads;
        this.readings = readings;
        this.assumedRootSlot = assumedRootSlot;
        this.sourceVpceSlot = sourceVpceSlot;
        this.eitherWaySlot = eitherWaySlot;
        this.automatic = automatic;
    }

    void write(ArraySink out) {
        actions.writeWithFront("actions", out);
        out.ints("actions.words", actionWords);
        services.write("services", out);
        keys.writeWithFront("keys", out);
        heads.write(out);
        out.ints("vocabulary.slots", assumedRootSlot, sourceVpceSlot, eitherWaySlot);
        automatic.write(out);
    }

    static Vocabulary read(Readings readings, ArraySource in) {
        TextTable actions = TextTable.readWithFront("actions", in);
        int[] words = in.ints("actions.words");
        TextTable services = TextTable.read("services", in);
        TextTable keys = TextTable.readWithFront("keys", in);
        in.requireLength("actions.words", words.length, actions.size());
        for (int word : words) {
            in.require(word >>> 16 < services.size(), "actions.words", "a service that isn't there");
        }
        Heads heads = Heads.read(in);
        int[] slots = in.ints("vocabulary.slots");
        in.requireLength("vocabulary.slots", slots.length, 3);
        in.requireRange("vocabulary.slots", slots, TextTable.ABSENT, keys.size());
        in.require(slots[0] >= 0 && slots[1] >= 0, "vocabulary.slots", "a slot that isn't there");
        return new Vocabulary(
                actions,
                words,
                services,
                keys,
                heads,
                readings,
                slots[0],
                slots[1],
                slots[2],
                AutomaticKeys.read(keys.size(), in));
    }

    /** The slot of a folded context key, or -1. */
    public int slot(String folded) {
        return keys.find(folded);
    }

    /** The slot of a key that only a fragment names, by its number there. */
    public int extraSlot(int number) {
        return firstExtraSlot() + number;
    }

    /** Behind the slots of keys that policies name and of those that a request brings. */
    int firstExtraSlot() {
        return keys.size() + Limits.CONTEXT_KEYS;
    }

    /** The numbers of ARN heads. */
    public Heads heads() {
        return heads;
    }

    /** The keys that AWS supplies itself. */
    public AutomaticKeys automatic() {
        return automatic;
    }

    /** How many context keys policies name. */
    public int keyCount() {
        return keys.size();
    }

    /** A context key's name, folded; allocates. */
    public String key(int slot) {
        return keys.text(slot);
    }

    /** How many services policies name. */
    public int serviceCount() {
        return services.size();
    }

    /** A service's prefix, folded; allocates. */
    public String service(int number) {
        return services.text(number);
    }

    /** The number of a folded service prefix, or -1; allocates. */
    public int service(String folded) {
        return services.find(folded);
    }

    /** How many actions policies name. */
    public int actionCount() {
        return actionWords.length;
    }

    /** An action's name, folded; allocates. */
    public String action(int number) {
        return actions.text(number);
    }

    /** An action's service and its place among the service's: {@code service << 16 | place}. */
    public int actionWord(int number) {
        return actionWords[number];
    }
}
