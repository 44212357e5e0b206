package dev.portcullis.compile;

import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.PatchedPrincipal;
import dev.portcullis.automaton.PatchedPrincipal.Description;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.compile.Revision.Membership;

/** A user or role while it is changed. One thread. */
final class RevisedPrincipal {

    private static final int[] NOTHING = {};

    final int record;
    /** Null if as it was compiled. */
    Description description;

    boolean gone;
    /** Documents that are its own, not its groups'. */
    int[] own;

    int[] groups = NOTHING;
    int[] boundary;
    boolean changed;

    private RevisedPrincipal(int record) {
        this.record = record;
    }

    /** One that comes to be. */
    static RevisedPrincipal arriving(int record) {
        RevisedPrincipal arriving = new RevisedPrincipal(record);
        arriving.gone = true;
        arriving.own = NOTHING;
        arriving.boundary = NOTHING;
        return arriving;
    }

    /** One that is there, or was. */
    static RevisedPrincipal of(int record, Revision from) {
        RevisedPrincipal principal = new RevisedPrincipal(record);
        SourceMap sources = from.origin.automaton.sources();
        PatchedPrincipal now = from.patches.principals().find(record);
        if (now == null) {
            int limit = sources.boundary(record);
            principal.own = sources.list(sources.identity(record));
            principal.boundary = limit < 0 ? NOTHING : new int[] {limit};
        } else if (now.isGone()) {
            principal.gone = true;
            principal.description = now.description();
            principal.own = NOTHING;
            principal.boundary = NOTHING;
            return principal;
        } else {
            principal.description = now.description();
            principal.own = now.identity().documents();
            principal.boundary = now.boundary().documents();
        }
        Membership membership = from.members.find(record);
        if (membership != null) {
            principal.own = membership.own;
            principal.groups = membership.groups;
        } else if (principal.description == null && sources.membership(record) != SourceMap.EMPTY) {
            SourceMap.Cursor cursor = sources.read(sources.membership(record));
            principal.own = java.util.Arrays.copyOf(principal.own, cursor.next());
            principal.groups = new int[cursor.next()];
            for (int i = 0; i < principal.groups.length; i++) {
                principal.groups[i] = cursor.next();
            }
        }
        return principal;
    }

    /** Its ARN. */
    String arn(Callers callers) {
        return description != null ? description.arn() : callers.arn(record);
    }
}
