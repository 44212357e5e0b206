package dev.portcullis.automaton;

/**
 * Supplies the context keys that AWS supplies itself, when a predicate or a variable asks for one that the request
 * doesn't give. A request whose statements ask for none pays nothing. Immutable, shared by all threads.
 */
final class AutomaticContext {

    /** Units of {@code aws:PrincipalTag/} and {@code aws:ResourceTag/}. */
    private static final int PRINCIPAL_TAG_UNITS = 17;

    private static final int RESOURCE_TAG_UNITS = 16;

    private final AutomaticKeys keys;
    private final Callers callers;
    private final Accounts accounts;
    private final Guards guards;
    /** Null when everything is as it was compiled. */
    private final Patches patches;

    AutomaticContext(AutomaticKeys keys, Callers callers, Accounts accounts, Guards guards, Patches patches) {
        this.patches = patches;
        this.keys = keys;
        this.callers = callers;
        this.accounts = accounts;
        this.guards = guards;
    }

    /** Fills the slot for this decision; its state. */
    int supply(int slot, Frame frame) {
        byte kind = keys.kind(slot);
        return kind == AutomaticKeys.NONE ? Frame.ABSENT : supply(slot, kind, keys.tag(slot), null, frame);
    }

    /**
     * The same for a key of this kind, and of this tag if it asks for one.
     *
     * @param key the key, folded; null when it is the slot's
     */
    int supply(int slot, byte kind, int tag, String key, Frame frame) {
        if (kind == AutomaticKeys.PRINCIPAL_TAG) {
            return principalTag(slot, tag, key, frame.caller, frame);
        }
        if (kind == AutomaticKeys.RESOURCE_TAG) {
            return resourceTag(slot, tag, key, frame);
        }
        return kind < AutomaticKeys.PRINCIPAL_TAG
                ? ofPrincipal(slot, kind, frame.caller, frame)
                : ofRequest(slot, kind, frame);
    }

    private int ofPrincipal(int slot, byte kind, Caller caller, Frame frame) {
        return switch (kind) {
            case AutomaticKeys.PRINCIPAL_ARN -> principalArn(slot, caller, frame);
            case AutomaticKeys.PRINCIPAL_ACCOUNT -> principalAccount(slot, caller, frame);
            case AutomaticKeys.PRINCIPAL_TYPE -> principalType(slot, caller, frame);
            case AutomaticKeys.USER_ID -> userId(slot, caller, frame);
            case AutomaticKeys.USER_NAME -> userName(slot, caller, frame);
            case AutomaticKeys.PRINCIPAL_ORG_ID -> organization(slot, memberAccount(caller), frame);
            case AutomaticKeys.PRINCIPAL_ORG_PATHS -> path(slot, memberAccount(caller), frame);
            case AutomaticKeys.IS_AWS_SERVICE -> isAwsService(slot, caller, frame);
            case AutomaticKeys.SERVICE_NAME -> serviceName(slot, Frame.SINGLE, caller, frame);
            case AutomaticKeys.SERVICE_NAMES_LIST -> serviceName(slot, Frame.MULTIPLE, caller, frame);
            default -> frame.supplyNothing(slot);
        };
    }

    private int ofRequest(int slot, byte kind, Frame frame) {
        return switch (kind) {
            case AutomaticKeys.RESOURCE_ACCOUNT -> account(slot, frame.owner, frame);
            case AutomaticKeys.RESOURCE_ORG_ID -> organization(slot, frame.owner, frame);
            case AutomaticKeys.RESOURCE_ORG_PATHS -> path(slot, frame.owner, frame);
            case AutomaticKeys.CURRENT_TIME -> currentTime(slot, frame);
            case AutomaticKeys.EPOCH_TIME -> epochTime(slot, frame);
            case AutomaticKeys.VIA_AWS_SERVICE -> word(slot, calledVia(frame) > 0 ? "true" : "false", frame);
            case AutomaticKeys.CALLED_VIA_FIRST -> calledVia(slot, 0, frame);
            case AutomaticKeys.CALLED_VIA_LAST -> calledVia(slot, calledVia(frame) - 1, frame);
            default -> frame.supplyNothing(slot);
        };
    }

    /** L75: users, root users and federated users: their own; role sessions: the role's. */
    private int principalArn(int slot, Caller caller, Frame frame) {
        if (!caller.hasAccount()) {
            return frame.supplyNothing(slot);
        }
        if (caller.kind != Caller.SESSION || caller.bareRole) {
            int start = caller.place(frame);
            return frame.supply(slot, Frame.SINGLE, start, start + caller.length);
        }
        Facts facts = frame.facts;
        if (facts.role >= 0) {
            return frame.supply(slot, Frame.SINGLE, facts.role, facts.roleEnd);
        }
        if (caller.record < 0) {
            return frame.supplyNothing(slot);
        }
        PatchedPrincipal.Description now = description(frame);
        int start = now == null ? callers.records.arns.put(caller.record, frame) : frame.put(now.arn());
        return frame.supply(slot, Frame.SINGLE, start, frame.end);
    }

    /** What the caller is now; null if as it was compiled. */
    private static PatchedPrincipal.Description description(Frame frame) {
        PatchedPrincipal patch = frame.patch;
        return patch == null ? null : patch.description();
    }

    private static int principalAccount(int slot, Caller caller, Frame frame) {
        if (caller.kind == Caller.ANONYMOUS) {
            return word(slot, "anonymous", frame);
        }
        return caller.hasAccount() ? account(slot, caller.account, frame) : frame.supplyNothing(slot);
    }

    /** L150. */
    private static int principalType(int slot, Caller caller, Frame frame) {
        return switch (caller.kind) {
            case Caller.ROOT -> word(slot, "Account", frame);
            case Caller.USER -> word(slot, "User", frame);
            case Caller.SESSION -> word(slot, "AssumedRole", frame);
            case Caller.FEDERATED_USER -> word(slot, "FederatedUser", frame);
            case Caller.ANONYMOUS -> word(slot, "Anonymous", frame);
            default -> frame.supplyNothing(slot);
        };
    }

    /** L150: the unique id, that of the role with the session's name, the account with the federated user's name. */
    private int userId(int slot, Caller caller, Frame frame) {
        switch (caller.kind) {
            case Caller.ROOT -> {
                return account(slot, caller.account, frame);
            }
            case Caller.USER -> {
                int start = uniqueId(caller, frame);
                return start < 0 ? frame.supplyNothing(slot) : frame.supply(slot, Frame.SINGLE, start, frame.end);
            }
            case Caller.SESSION -> {
                int start = caller.bareRole ? Caller.NONE : uniqueId(caller, frame);
                if (start < 0) {
                    return frame.supplyNothing(slot);
                }
                frame.put(":");
                putName(caller, caller.sessionStart, caller.length, frame);
                return frame.supply(slot, Frame.SINGLE, start, frame.end);
            }
            case Caller.FEDERATED_USER -> {
                int start = putAccount(caller.account, frame);
                frame.put(":");
                putName(caller, caller.nameStart, caller.nameEnd, frame);
                return frame.supply(slot, Frame.SINGLE, start, frame.end);
            }
            case Caller.ANONYMOUS -> {
                return word(slot, "anonymous", frame);
            }
            default -> {
                return frame.supplyNothing(slot);
            }
        }
    }

    /** Appends the caller's unique id; its start, or {@link Caller#NONE}. */
    private int uniqueId(Caller caller, Frame frame) {
        Facts facts = frame.facts;
        if (facts.unique >= 0) {
            return frame.putAgain(facts.unique, facts.uniqueEnd);
        }
        PatchedPrincipal.Description now = description(frame);
        if (now != null) {
            return now.uniqueId() == null ? Caller.NONE : frame.put(now.uniqueId());
        }
        return caller.record < 0 ? Caller.NONE : callers.putUniqueId(caller.record, frame);
    }

    private static void putName(Caller caller, int from, int to, Frame frame) {
        int start = frame.reserve(to - from);
        for (int i = from; i < to; i++) {
            frame.text[start + i - from] = caller.unit(i, frame);
        }
    }

    private static int userName(int slot, Caller caller, Frame frame) {
        if (caller.kind != Caller.USER) {
            return frame.supplyNothing(slot);
        }
        int start = caller.place(frame);
        return frame.supply(slot, Frame.SINGLE, start + caller.nameStart, start + caller.nameEnd);
    }

    private static long memberAccount(Caller caller) {
        return caller.hasAccount() ? caller.account : Caller.NONE;
    }

    private int organization(int slot, long account, Frame frame) {
        if (!accounts.has(account)) {
            return frame.supplyNothing(slot);
        }
        int start = accounts.putId(frame);
        return frame.supply(slot, Frame.SINGLE, start, frame.end);
    }

    private int path(int slot, long account, Frame frame) {
        int start = accounts.putPath(account, frame);
        return start < 0 ? frame.supplyNothing(slot) : frame.supply(slot, Frame.MULTIPLE, start, frame.end);
    }

    /** E98: of all signed requests; true for a service itself. */
    private static int isAwsService(int slot, Caller caller, Frame frame) {
        if (caller.kind == Caller.SERVICE) {
            return word(slot, "true", frame);
        }
        return caller.hasAccount() ? word(slot, "false", frame) : frame.supplyNothing(slot);
    }

    private static int serviceName(int slot, int state, Caller caller, Frame frame) {
        if (caller.kind != Caller.SERVICE) {
            return frame.supplyNothing(slot);
        }
        int start = caller.place(frame);
        return frame.supply(slot, state, start, start + caller.length);
    }

    /** Tags of the user, or of the session's role; those of a federated session are the request's to give. */
    private int principalTag(int slot, int tag, String key, Caller caller, Frame frame) {
        boolean tagged = caller.record >= 0 && caller.kind != Caller.FEDERATED_USER;
        PatchedPrincipal.Description now = description(frame);
        if (tagged && now != null) {
            return tag(slot, now, PRINCIPAL_TAG_UNITS, key, frame);
        }
        return tag(slot, tagged ? callers.tags : null, caller.record, tag, frame);
    }

    private int tag(int slot, PatchedPrincipal.Description holder, int prefix, String key, Frame frame) {
        int start = key == null ? frame.vocabulary().keys.put(slot, frame) : frame.put(key);
        String value = holder.tag(frame.text, start + prefix, frame.end);
        if (value == null) {
            return frame.supplyNothing(slot);
        }
        int from = frame.put(value);
        return frame.supply(slot, Frame.SINGLE, from, frame.end);
    }

    /** The resource's own: a bucket's tags are not its objects'. */
    private int resourceTag(int slot, int tag, String key, Frame frame) {
        int guard = frame.guard.exact;
        if (guards.isResource(guard)) {
            return tag(slot, guards.tags, guard, tag, frame);
        }
        Resource resource = frame.resource;
        if (resource.everything) {
            return frame.supplyNothing(slot);
        }
        resource.place(frame);
        int record = callers.records.arns.find(frame.text, resource.start, resource.end - resource.start);
        PatchedPrincipal patch = patches == null ? null : patches.resource(record, frame);
        if (patch != null && patch.isGone()) {
            return frame.supplyNothing(slot);
        }
        if (patch != null && patch.description() != null) {
            return tag(slot, patch.description(), RESOURCE_TAG_UNITS, key, frame);
        }
        return tag(slot, record < 0 ? null : callers.tags, record, tag, frame);
    }

    private static int tag(int slot, Tags tags, int holder, int tag, Frame frame) {
        int value = tags == null || tag < 0 ? Caller.NONE : tags.value(holder, tag);
        if (value < 0) {
            return frame.supplyNothing(slot);
        }
        int start = tags.values.put(value, frame);
        return frame.supply(slot, Frame.SINGLE, start, frame.end);
    }

    private int currentTime(int slot, Frame frame) {
        int start = Instants.put(seconds(frame), frame);
        return frame.supply(slot, Frame.SINGLE, start, frame.end);
    }

    private int epochTime(int slot, Frame frame) {
        int start = Instants.putNumber(seconds(frame), frame);
        return frame.supply(slot, Frame.SINGLE, start, frame.end);
    }

    /** One time a decision; what the request says of it in one key holds for the other. */
    private long seconds(Frame frame) {
        if (!frame.timeKnown) {
            frame.timeKnown = true;
            if (!given(keys.currentTime, frame) && !given(keys.epochTime, frame)) {
                frame.seconds = Math.floorDiv(frame.clock.millis(), 1000L);
            }
        }
        return frame.seconds;
    }

    private static boolean given(int slot, Frame frame) {
        if (!frame.isGivenSingle(slot)) {
            return false;
        }
        int value = frame.first(slot);
        int start = frame.start(value);
        DateTime time = frame.instant;
        boolean readable = time.read(frame.text, start, start + frame.length(value), frame.readings.fourDigitsAreYear);
        if (!readable || time.seconds > Instants.LAST_SECOND) {
            return false;
        }
        frame.seconds = time.seconds;
        return true;
    }

    /** How many services the request came through. */
    private int calledVia(Frame frame) {
        int slot = keys.calledVia;
        return frame.state(slot) == Frame.ABSENT ? 0 : frame.count(slot);
    }

    private int calledVia(int slot, int which, Frame frame) {
        return which < 0 || which >= calledVia(frame)
                ? frame.supplyNothing(slot)
                : frame.supplyAgain(slot, frame.first(keys.calledVia) + which);
    }

    private static int word(int slot, String word, Frame frame) {
        int start = frame.put(word);
        return frame.supply(slot, Frame.SINGLE, start, frame.end);
    }

    private static int account(int slot, long account, Frame frame) {
        if (account < 0) {
            return frame.supplyNothing(slot);
        }
        int start = putAccount(account, frame);
        return frame.supply(slot, Frame.SINGLE, start, frame.end);
    }

    private static int putAccount(long account, Frame frame) {
        int start = frame.reserve(Arns.ACCOUNT_UNITS);
        long rest = account;
        for (int at = start + Arns.ACCOUNT_UNITS - 1; at >= start; at--) {
            frame.text[at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return start;
    }
}
