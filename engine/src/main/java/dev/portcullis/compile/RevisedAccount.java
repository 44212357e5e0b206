package dev.portcullis.compile;

import dev.portcullis.automaton.PatchedAccount;
import dev.portcullis.automaton.SourceMap;
import java.util.List;

/** The SCPs and RCPs above an account while they are changed: documents by level, root first. One thread. */
final class RevisedAccount {

    private static final int UNKNOWN = -1;

    final int[][] serviceControl;
    final int[][] resourceControl;
    boolean changed;

    private RevisedAccount(int levels) {
        serviceControl = new int[levels][];
        resourceControl = new int[levels][];
    }

    /** As it was compiled. */
    static RevisedAccount compiled(int slot, SourceMap sources) {
        int[] chain = sources.list(sources.chain(slot));
        RevisedAccount account = new RevisedAccount(chain.length);
        for (int level = 0; level < chain.length; level++) {
            SourceMap.Cursor cursor = sources.read(chain[level]);
            cursor.skip(1);
            account.serviceControl[level] = sources.list(cursor.next());
            account.resourceControl[level] = sources.list(cursor.next());
        }
        return account;
    }

    /** As it is in a version. */
    static RevisedAccount of(int slot, Revision from) {
        PatchedAccount now = from.patches.accounts().find(slot);
        if (now == null) {
            return compiled(slot, from.origin.automaton.sources());
        }
        RevisedAccount account = new RevisedAccount(now.levels());
        for (int level = 0; level < now.levels(); level++) {
            account.serviceControl[level] = now.serviceControl(level).documents();
            account.resourceControl[level] = now.resourceControl(level).documents();
        }
        return account;
    }

    /** Which level of the account's chain a place is; -1 if none. */
    static int level(List<String> path, int slot, SourceMap sources) {
        int[] chain = sources.list(sources.chain(slot));
        if (chain.length == 0) {
            return UNKNOWN;
        }
        int last = chain.length - 1;
        boolean account = path.size() == 1 && path.get(0).matches("[0-9]{12}");
        if (account) {
            return place(chain[last], sources).equals(path.get(0)) ? last : UNKNOWN;
        }
        if (path.isEmpty() || path.size() > last) {
            return UNKNOWN;
        }
        for (int level = 0; level < path.size(); level++) {
            if (!place(chain[level], sources).equals(path.get(level))) {
                return UNKNOWN;
            }
        }
        return path.size() - 1;
    }

    private static String place(int level, SourceMap sources) {
        return sources.text(sources.read(level).next());
    }
}
