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

    public Heads(TextTable partitions, TextTable services, TextTable regions, TextTable accounts) {
        this.partitions = partitions;
        this.services = services;
        this.regions = regions;
        this.accounts = accounts;
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
    private long otherAccount(char[] text, int from, int to) {
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
        // Three groups that don't wait for each other; a sign bit of any stays.
        long high = fourDigits(text, from);
        long middle = fourDigits(text, from + 4);
        long low = fourDigits(text, from + 8);
        return (high | middle | low) < 0 ? -1 : (high * 10_000 + middle) * 10_000 + low;
    }

    /** Four digits as a number; negative if one of them is none. */
    private static long fourDigits(char[] text, int at) {
        int first = text[at] - '0';
        int second = text[at + 1] - '0';
        int third = text[at + 2] - '0';
        int fourth = text[at + 3] - '0';
        int wrong = first | 9 - first | second | 9 - second | third | 9 - third | fourth | 9 - fourth;
        return wrong < 0 ? -1 : first * 1000 + second * 100 + third * 10 + fourth;
    }

    /** The number of the service in a head. */
    static int service(long head) {
        return (int) (head >>> SERVICE_SHIFT) & MAX_SERVICES;
    }

    /**
     * The head of an ARN whose colons are known.
     *
     * @param account its account, or -1 when that isn't 12 digits
     */
    long read(char[] text, int[] colons, long account, LastHeads last) {
        int from = colons[0] + 1;
        int to = colons[3];
        int place = LastHeads.place(text, from, to);
        long known = last.find(text, from, to, place);
        if (known == LastHeads.UNKNOWN) {
            known = pack(
                    partitions.find(text, from, colons[1] - from) + 1,
                    services.find(text, colons[1] + 1, colons[2] - colons[1] - 1) + 1,
                    regions.find(text, colons[2] + 1, to - colons[2] - 1) + 1,
                    0);
            last.keep(text, from, to, place, known);
        }
        return known | (account >= 0 ? account : otherAccount(text, colons[3] + 1, colons[4]));
    }
}
