package dev.portcullis.automaton;

/**
 * The S3-style access control lists of all guards, equal ones once (rules E89 to E94). Immutable.
 *
 * <pre>
 *   starts   grants of list l: from starts[l] to starts[l + 1]
 *   blocks   whether public access is blocked where list l stands (rule E94)
 *   grants   grantee kind:8 | permission:8 | . | account or number of a canonical id:40
 * </pre>
 */
public final class AccessControlGrants {

    public static final int ALL_USERS = 0;
    public static final int AUTHENTICATED_USERS = 1;
    public static final int LOG_DELIVERY = 2;
    public static final int ACCOUNT = 3;
    public static final int CANONICAL = 4;

    /** Bits of what the request's action does; a permission is a set of them. */
    public static final int READ_BUCKET = 1;

    public static final int READ_OBJECT = 2;
    public static final int WRITE = 4;
    public static final int READ_BUCKET_ACP = 8;
    public static final int READ_OBJECT_ACP = 16;
    public static final int WRITE_BUCKET_ACP = 32;
    public static final int WRITE_OBJECT_ACP = 64;

    private static final int BUCKET = READ_BUCKET | READ_BUCKET_ACP | WRITE_BUCKET_ACP;
    private static final int OBJECT = READ_OBJECT | READ_OBJECT_ACP | WRITE_OBJECT_ACP;
    private static final long VALUE_MASK = (1L << 40) - 1;

    private final int[] starts;
    private final boolean[] blocks;
    private final long[] grants;
    private final int s3;
    /** By an S3 action's place: what it does. */
    private final byte[] deeds;
    /** Number of {@code logging.s3.amazonaws.com} among the principal entries. */
    private final int logDelivery;

    public AccessControlGrants(int[] starts, boolean[] blocks, long[] grants, int s3, byte[] deeds, int logDelivery) {
        this.starts = starts;
        this.blocks = blocks;
        this.grants = grants;
        this.s3 = s3;
        this.deeds = deeds;
        this.logDelivery = logDelivery;
    }

    void write(ArraySink out) {
        out.ints("grants.starts", starts);
        byte[] flags = new byte[blocks.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = (byte) (blocks[i] ? 1 : 0);
        }
        out.bytes("grants.blocks", flags);
        out.longs("grants.grants", grants);
        out.ints("grants.numbers", s3, logDelivery);
        out.bytes("grants.deeds", deeds);
    }

    static AccessControlGrants read(ArraySource in) {
        int[] starts = in.ints("grants.starts");
        byte[] flags = in.bytes("grants.blocks");
        long[] grants = in.longs("grants.grants");
        int[] numbers = in.ints("grants.numbers");
        in.requireStarts("grants.starts", starts, flags.length, grants.length);
        in.requireLength("grants.numbers", numbers.length, 2);
        boolean[] blocks = new boolean[flags.length];
        for (int i = 0; i < flags.length; i++) {
            blocks[i] = flags[i] != 0;
        }
        return new AccessControlGrants(starts, blocks, grants, numbers[0], in.bytes("grants.deeds"), numbers[1]);
    }

    /** How many lists there are. */
    int lists() {
        return blocks.length;
    }

    boolean blocksPublicAccess(int list) {
        return blocks[list];
    }

    int coverage(int list, Frame frame) {
        int from = starts[list];
        int to = starts[list + 1];
        if (from == to || frame.service != s3 || frame.action < 0 || frame.action >= deeds.length) {
            return Grants.NONE;
        }
        int deed = deeds[frame.action] & (WRITE | (isObject(frame) ? OBJECT : BUCKET));
        int best = Grants.NONE;
        for (int i = from; i < to; i++) {
            long grant = grants[i];
            if ((grant >>> 48 & 0xFF & deed) != 0) {
                best = Math.max(best, grantee((int) (grant >>> 56), grant & VALUE_MASK, frame.caller));
            }
        }
        return best;
    }

    private static boolean isObject(Frame frame) {
        Resource resource = frame.resource;
        resource.place(frame);
        for (int at = resource.sixth - 1; at < resource.end; at++) {
            if (frame.text[at] == '/') {
                return true;
            }
        }
        return false;
    }

    private int grantee(int kind, long value, Caller caller) {
        int account = caller.hasAccount() ? Grants.ACCOUNT : Grants.NONE;
        return switch (kind) {
            case ALL_USERS -> caller.kind == Caller.ANONYMOUS ? Grants.DIRECT : account;
            case AUTHENTICATED_USERS -> account;
            case LOG_DELIVERY ->
                caller.kind == Caller.SERVICE && caller.self == logDelivery ? Grants.DIRECT : Grants.NONE;
            case ACCOUNT -> caller.account == value ? account : Grants.NONE;
            default -> caller.canonical == value ? account : Grants.NONE;
        };
    }
}
