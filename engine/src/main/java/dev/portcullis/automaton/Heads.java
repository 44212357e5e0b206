package dev.portcullis.automaton;

/**
 * The first five fields of an ARN in one word, so that a pattern's head is tested by one exclusive-or and one mask.
 *
 * <pre>
 *    61      59 58         48 47      40 39                         0
 *   +----------+-------------+----------+----------------------------+
 *   | partition|   service   |  region  |          account           |
 *   +----------+-------------+----------+----------------------------+
 *   account: 12 digits as a number, or 10^12 + number of another text; 0 in a field: no pattern names this text
 * </pre>
 */
public final class Heads {

    public static final int MAX_PARTITIONS = (1 << 3) - 1;
    public static final int MAX_SERVICES = (1 << 11) - 1;
    public static final int MAX_REGIONS = (1 << 8) - 1;
    public static final int MAX_ACCOUNTS = (1 << 24) - 1;

    public static final int SERVICE_SHIFT = 48;
    public static final int PARTITION_SHIFT = 59;
    public static final int REGION_SHIFT = 40;
    public static final long OTHER_ACCOUNT = 1_000_000_000_000L;

    private static final long ONES = 0x0001_0001_0001_0001L;
    private static final long ZEROS = '0' * ONES;
    private static final long TO_SIGN = 0x7FF6 * ONES;
    private static final long SIGNS = 0x8000_8000_8000_8000L;
    /** Times four digits: the number in the highest 16 bits. */
    private static final long PLACES = 1000L << 48 | 100L << 32 | 10L << 16 | 1;

    /** Mask by the four bits that say which fields are fixed: 1 account, 2 region, 4 service, 8 partition. */
    static final long[] MASKS = new long[16];

    static {
        for (int code = 0; code < MASKS.length; code++) {
            long mask = 0;
            mask |= (code & 1) != 0 ? (1L << 40) - 1 : 0;
            mask |= (code & 2) != 0 ? 0xFFL << REGION_SHIFT : 0;
            mask |= (code & 4) != 0 ? 0x7FFL << SERVICE_SHIFT : 0;
            mask |= (code & 8) != 0 ? 7L << PARTITION_SHIFT : 0;
            MASKS[code] = mask;
        }
    }

    private final TextTable partitions;
    private final TextTable services;
    private final TextTable regions;
    private final TextTable accounts;
    /** The number of an empty account field, which buckets have. */
    private final long noAccount;

    public Heads(TextTable partitions, TextTable services, TextTable regions, TextTable accounts) {
        this.partitions = partitions;
        this.services = services;
        this.regions = regions;
        this.accounts = accounts;
        int empty = accounts.find("");
        this.noAccount = empty == TextTable.ABSENT ? OTHER_ACCOUNT : otherAccount(empty);
    }

    void write(ArraySink out) {
        partitions.write("heads.partitions", out);
        services.write("heads.services", out);
        regions.write("heads.regions", out);
        accounts.write("heads.accounts", out);
    }

    static Heads read(ArraySource in) {
        TextTable partitions = TextTable.read("heads.partitions", in);
        TextTable services = TextTable.read("heads.services", in);
        TextTable regions = TextTable.read("heads.regions", in);
        TextTable accounts = TextTable.read("heads.accounts", in);
        String many = "more texts than a head has numbers for";
        in.require(partitions.size() <= MAX_PARTITIONS, "heads.partitions", many);
        in.require(services.size() <= MAX_SERVICES, "heads.services", many);
        in.require(regions.size() <= MAX_REGIONS, "heads.regions", many);
        in.require(accounts.size() <= MAX_ACCOUNTS, "heads.accounts", many);
        return new Heads(partitions, services, regions, accounts);
    }

    /** The number of a partition, or -1 when no pattern of the automaton names it. */
    public int partition(String text) {
        return number(partitions, text);
    }

    /** The number of a service, or -1. */
    public int service(String text) {
        return number(services, text);
    }

    /** The number of a region, or -1. */
    public int region(String text) {
        return number(regions, text);
    }

    /** The number of an account field that isn't 12 digits, or -1. */
    public long account(String text) {
        int number = number(accounts, text);
        return number < 0 ? -1 : otherAccount(number - 1);
    }

    /** A text by its number, from 0; allocates. */
    public String partitionText(int number) {
        return partitions.text(number);
    }

    /** A text by its number, from 0; allocates. */
    public String serviceText(int number) {
        return services.text(number);
    }

    /** A text by its number, from 0; allocates. */
    public String regionText(int number) {
        return regions.text(number);
    }

    /** A text by its number, from 0; allocates. */
    public String accountText(int number) {
        return accounts.text(number);
    }

    private static int number(TextTable table, String text) {
        int number = table.find(text);
        return number < 0 ? -1 : number + 1;
    }

    /** Packs numbers that compile time gave out; 0 where a field isn't fixed. */
    public static long pack(int partition, int service, int region, long account) {
        return (long) partition << PARTITION_SHIFT
                | (long) service << SERVICE_SHIFT
                | (long) region << REGION_SHIFT
                | account;
    }

    /** The number of an account field that isn't 12 digits. */
    long otherAccount(char[] text, int from, int to) {
        if (from == to) {
            return noAccount;
        }
        int other = accounts.find(text, from, to - from);
        return other == TextTable.ABSENT ? OTHER_ACCOUNT : otherAccount(other);
    }

    /** The number of an account field that isn't 12 digits, by its number in the table of such texts. */
    public static long otherAccount(int number) {
        return OTHER_ACCOUNT + 1 + number;
    }

    /** Twelve digits as a number, or -1. */
    public static long accountNumber(char[] text, int from, int to) {
        if (to - from != 12) {
            return -1;
        }
        long high = fourDigits(text, from);
        long middle = fourDigits(text, from + 4);
        long low = fourDigits(text, from + 8);
        // Units below '0' borrow from, those above '9' carry into their sign bits.
        long wrong = high | (high + TO_SIGN) | middle | (middle + TO_SIGN) | low | (low + TO_SIGN);
        if ((wrong & SIGNS) != 0) {
            return -1;
        }
        return (((high * PLACES) >>> 48) * 10_000 + ((middle * PLACES) >>> 48)) * 10_000 + ((low * PLACES) >>> 48);
    }

    /** Four units less '0' each, 16 bits each, the first one lowest. */
    private static long fourDigits(char[] text, int at) {
        long units = text[at] | (long) text[at + 1] << 16 | (long) text[at + 2] << 32 | (long) text[at + 3] << 48;
        return units - ZEROS;
    }

    /** The number of the service in a head. */
    static int service(long head) {
        return (int) (head >>> SERVICE_SHIFT) & MAX_SERVICES;
    }

    /** The numbers of partition, service and region of an ARN whose colons are known. */
    long read(char[] text, int[] colons) {
        int partition = colons[0] + 1;
        int service = colons[1] + 1;
        int region = colons[2] + 1;
        return pack(
                partitions.find(text, partition, colons[1] - partition) + 1,
                services.find(text, service, colons[2] - service) + 1,
                regions.find(text, region, colons[3] - region) + 1,
                0);
    }
}
