package dev.portcullis.compile;

import dev.portcullis.automaton.AutomaticKeys;
import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.Folding;
import dev.portcullis.automaton.Heads;
import dev.portcullis.automaton.PatternText;
import dev.portcullis.automaton.Readings;
import dev.portcullis.automaton.TextTable;
import dev.portcullis.automaton.Vocabulary;
import dev.portcullis.policy.Semantics;
import java.util.ArrayList;
import java.util.List;

/** Every name that policies use, numbered while they are compiled. */
final class Symbols implements ActionNames {

    final Interner actions = new Interner();
    final Interner services = new Interner();
    final Interner keys = new Interner();
    /** Texts of principal entries, as written. */
    final Interner principals = new Interner();
    /** Users and roles of principal entries, without their paths. */
    final Interner principalNames = new Interner();

    private final Interner partitions = new Interner();
    private final Interner arnServices = new Interner();
    private final Interner regions = new Interner();
    private final Interner accounts = new Interner();

    /** Of each action: its service, and its place among the service's actions. */
    private final List<int[]> actionWords = new ArrayList<>();

    /** Of each service: how many actions it has. */
    private final List<Integer> actionCounts = new ArrayList<>();

    /** Of each service: its actions' names, folded, by place. */
    private final List<List<String>> actionNames = new ArrayList<>();

    /** Of an automaton that is added to, for a fragment; else null. */
    private final Vocabulary fixed;

    private final Callers known;

    /** New names, all numbered here. */
    Symbols() {
        this(null, null);
    }

    /** The names of an automaton; context keys and principals that it doesn't know get numbers behind all of its own. */
    Symbols(Vocabulary fixed, Callers known) {
        this.fixed = fixed;
        this.known = known;
    }

    /** The number of a principal entry's text. */
    int principal(String text) {
        if (known == null) {
            return principals.intern(text);
        }
        int number = known.text(text);
        return number >= 0 ? number : known.textCount() + principals.intern(text);
    }

    /** The number of a {@link Callers#nameKey}. */
    int principalName(String key) {
        if (known == null) {
            return principalNames.intern(key);
        }
        int number = known.name(key);
        return number >= 0 ? number : known.nameCount() + principalNames.intern(key);
    }

    /** The context keys, folded, that a fixed vocabulary lacks, in slot order. */
    String[] extraKeys() {
        return keys.texts().toArray(new String[0]);
    }

    /** Interns an action without wildcards. */
    int action(String spelled) {
        String folded = Folding.action(spelled);
        int before = actions.size();
        int number = actions.intern(folded, spelled);
        if (number == before) {
            int colon = folded.indexOf(':');
            int service = service(folded.substring(0, colon));
            int place = actionCounts.get(service);
            actionCounts.set(service, place + 1);
            actionNames.get(service).add(folded.substring(colon + 1));
            actionWords.add(new int[] {service, place});
        }
        return number;
    }

    /** Interns a service prefix, folded. */
    @Override
    public int service(String folded) {
        int before = services.size();
        int number = services.intern(folded);
        if (number == before) {
            actionCounts.add(0);
            actionNames.add(new ArrayList<>());
        }
        return number;
    }

    /** The place of a known action among its service's. */
    int place(String spelled) {
        return actionWords.get(actions.find(Folding.action(spelled)))[1];
    }

    @Override
    public String serviceName(int service) {
        return services.texts().get(service);
    }

    @Override
    public List<String> actions(int service) {
        return actionNames.get(service);
    }

    @Override
    public int place(int service, String action) {
        int number = actions.find(serviceName(service) + ":" + action);
        return number < 0 ? UNKNOWN : actionWords.get(number)[1];
    }

    /** The slot of a context key. */
    int key(String spelled) {
        if (fixed != null) {
            String folded = Folding.key(spelled);
            int slot = fixed.slot(folded);
            return slot >= 0 ? slot : fixed.extraSlot(keys.intern(folded));
        }
        return keys.intern(Folding.key(spelled), spelled);
    }

    /** A partition's number for {@link Heads}, or -1 when there are too many. */
    int partition(String text) {
        return fixed != null ? fixed.heads().partition(text) : bounded(partitions, text, Heads.MAX_PARTITIONS);
    }

    int arnService(String text) {
        return fixed != null ? fixed.heads().service(text) : bounded(arnServices, text, Heads.MAX_SERVICES);
    }

    int region(String text) {
        return fixed != null ? fixed.heads().region(text) : bounded(regions, text, Heads.MAX_REGIONS);
    }

    /** The same for a part of a text. */
    long account(String text, int from, int to) {
        if (to - from != 12) {
            return account(text.substring(from, to));
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return account(text.substring(from, to));
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** An account field's number for {@link Heads}, or -1 when there are too many that aren't 12 digits. */
    long account(String text) {
        char[] units = text.toCharArray();
        long digits = Heads.accountNumber(units, 0, units.length);
        if (digits >= 0) {
            return digits;
        }
        if (fixed != null) {
            return fixed.heads().account(text);
        }
        int number = bounded(accounts, text, Heads.MAX_ACCOUNTS);
        return number < 0 ? -1 : Heads.otherAccount(number - 1);
    }

    /** Tells patterns that are being written. */
    PatternText patternText(CodeView code) {
        return new PatternText() {
            @Override
            protected int programWord(int offset) {
                return code.programWord(offset);
            }

            @Override
            protected char unit(int offset) {
                return code.unit(offset);
            }

            @Override
            protected String partition(int number) {
                return fixed != null
                        ? fixed.heads().partitionText(number)
                        : partitions.texts().get(number);
            }

            @Override
            protected String service(int number) {
                return fixed != null
                        ? fixed.heads().serviceText(number)
                        : arnServices.texts().get(number);
            }

            @Override
            protected String region(int number) {
                return fixed != null
                        ? fixed.heads().regionText(number)
                        : regions.texts().get(number);
            }

            @Override
            protected String account(int number) {
                return fixed != null
                        ? fixed.heads().accountText(number)
                        : accounts.texts().get(number);
            }
        };
    }

    private static int bounded(Interner interner, String text, int most) {
        int known = interner.find(text);
        if (known >= 0) {
            return known + 1;
        }
        return interner.size() < most ? interner.intern(text) + 1 : -1;
    }

    /** @param tagKeys folded keys of the store's tags */
    Vocabulary freeze(long seed, Semantics semantics, Interner tagKeys) {
        int assumedRoot = key("aws:AssumedRoot");
        int sourceVpce = key("aws:SourceVpce");
        // Also where only a session policy names it.
        int eitherWay = semantics.is(Semantics.Point.IDENTITYSTORE_USER_ID_EITHER_WAY)
                ? key("identitystore:UserId")
                : TextTable.ABSENT;
        AutomaticKeys automatic = AutomaticSlots.write(this, tagKeys, seed);
        int[] words = new int[actionWords.size()];
        for (int i = 0; i < words.length; i++) {
            int[] word = actionWords.get(i);
            if (word[0] > 0xFFFF || word[1] > 0xFFFF) {
                throw new TooLarge("services, or actions of one service", 0x10000);
            }
            words[i] = word[0] << 16 | word[1];
        }
        return new Vocabulary(
                actions.freezeWithFront(seed),
                words,
                services.freeze(seed),
                keys.freezeWithFront(seed),
                new Heads(
                        partitions.freeze(seed), arnServices.freeze(seed), regions.freeze(seed), accounts.freeze(seed)),
                new Readings(semantics),
                assumedRoot,
                sourceVpce,
                eitherWay,
                automatic);
    }
}
