package dev.portcullis.listing;

import dev.portcullis.automaton.CallerRecords;
import java.io.IOException;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What the store attached: users and roles, accounts, guarded resources, endpoints. */
final class StoreListing {

    private static final String[] GRANTEES = {
        "AllUsers", "AuthenticatedUsers", "LogDelivery", "account ", "canonical user "
    };
    private static final long VALUE_MASK = (1L << 40) - 1;

    private final Tables tables;
    private final Appendable out;
    private final String[] principals;

    StoreListing(Tables tables, Appendable out) {
        this.tables = tables;
        this.out = out;
        this.principals = tables.texts("callers.texts");
    }

    void write() throws IOException {
        callers();
        accounts();
        guards();
        accessControlLists();
        endpoints();
    }

    private void callers() throws IOException {
        line("users and roles");
        String[] arns = tables.texts("records.arns");
        long[] rows = tables.longs("records.rows");
        for (int record = 0; record < arns.length; record++) {
            int row = record * CallerRecords.ROW_WORDS;
            int unique = (int) (rows[row + 1] >> 32);
            line("  " + arns[record] + ": " + set("identity", (int) rows[row + 3])
                    + (rows[row + 3] >> 32 < 0 ? "" : ", " + set("boundary", (int) (rows[row + 3] >> 32)))
                    + (unique < 0 ? "" : ", id " + principals[unique])
                    + (CallerRecords.isServiceLinked(rows[row]) ? ", service-linked" : "")
                    + tags("callers.tags", record));
        }
        String[] sessions = tables.texts("records.sessions");
        int[] roles = tables.ints("records.roles");
        for (int session = 0; session < sessions.length; session++) {
            line("  " + sessions[session] + "/…: of " + arns[roles[session]]);
        }
    }

    private String tags(String name, int holder) {
        int[] starts = tables.ints(name + ".starts");
        long[] tags = tables.longs(name + ".tags");
        String[] keys = tables.texts("automatic.tag-keys");
        String[] values = tables.texts(name + ".values");
        StringBuilder text = new StringBuilder();
        for (int at = starts[holder]; at < starts[holder + 1]; at++) {
            text.append(", tag ")
                    .append(CodeText.escaped(keys[(int) (tags[at] >>> 32)]))
                    .append('=')
                    .append(CodeText.escaped(values[(int) tags[at]]));
        }
        return text.toString();
    }

    private static String set(String what, int set) {
        return what + (set < 0 ? " none" : " set " + set);
    }

    private void accounts() throws IOException {
        line("accounts");
        long[] numbers = tables.longs("accounts.numbers");
        int[] starts = tables.ints("accounts.starts");
        int[] lengths = tables.ints("accounts.lengths");
        int[] rcps = tables.ints("accounts.rcps");
        int[] chains = tables.ints("accounts.chains");
        int[] paths = tables.ints("accounts.paths");
        String[] texts = tables.texts("accounts.texts");
        TreeMap<Long, String> lines = new TreeMap<>();
        for (int slot = 0; slot < numbers.length; slot++) {
            if (numbers[slot] != 0) {
                StringJoiner levels = new StringJoiner(" ");
                for (int level = starts[slot]; level < starts[slot] + lengths[slot]; level++) {
                    levels.add(Integer.toString(chains[level]));
                }
                lines.put(
                        numbers[slot] - 1,
                        "SCP sets " + (lengths[slot] == 0 ? "none" : levels) + ", RCPs "
                                + set("", rcps[slot]).trim() + (paths[slot] < 0 ? "" : ", path " + texts[paths[slot]]));
            }
        }
        for (var line : lines.entrySet()) {
            line("  " + CodeText.digits(line.getKey()) + ": " + line.getValue());
        }
    }

    private void guards() throws IOException {
        line("resources and roles with policies");
        String[] arns = tables.texts("guards.arns");
        int[] sets = tables.ints("guards.sets");
        int[] trusts = tables.ints("guards.trusts");
        int[] lists = tables.ints("guards.lists");
        int[] told = tables.ints("guards.told");
        long[] owners = tables.longs("guards.owners");
        for (int guard = 0; guard < arns.length; guard++) {
            line("  " + guard + " " + arns[guard]
                    + (sets[guard] < 0 ? "" : ", " + set("policy", sets[guard]))
                    + (trusts[guard] < 0 ? "" : ", " + set("trust", trusts[guard]))
                    + (lists[guard] < 0 ? "" : ", list " + lists[guard])
                    + (owners[guard] < 0 ? "" : ", of " + CodeText.digits(owners[guard]))
                    + told(told, guard)
                    + tags("guards.tags", guard));
        }
        int covers = tables.ints("guards.covers")[0];
        if (covers >= 0) {
            line("  covers: set " + covers);
        }
    }

    /** Which guards tell its policy, list and owner, where that is another. */
    private static String told(int[] told, int guard) {
        String[] what = {"policy", "list", "owner"};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < what.length; i++) {
            int by = told[what.length * guard + i];
            if (by >= 0 && by != guard) {
                text.append(", ").append(what[i]).append(" as ").append(by);
            }
        }
        return text.toString();
    }

    private void accessControlLists() throws IOException {
        int[] starts = tables.ints("grants.starts");
        byte[] blocks = tables.bytes("grants.blocks");
        long[] grants = tables.longs("grants.grants");
        for (int list = 0; list < blocks.length; list++) {
            line("list " + list + (blocks[list] != 0 ? ", blocks public access" : ""));
            for (int at = starts[list]; at < starts[list + 1]; at++) {
                int kind = (int) (grants[at] >>> 56);
                long value = grants[at] & VALUE_MASK;
                String who =
                        kind == 3 ? CodeText.digits(value) : kind == 4 ? CodeText.escaped(principals[(int) value]) : "";
                line("  " + GRANTEES[kind] + who + ": deeds " + Long.toBinaryString(grants[at] >>> 48 & 0xFF));
            }
        }
    }

    private void endpoints() throws IOException {
        line("VPC endpoints");
        String[] ids = tables.texts("endpoints.ids");
        int[] sets = tables.ints("endpoints.sets");
        for (int endpoint = 0; endpoint < ids.length; endpoint++) {
            line("  " + ids[endpoint] + ": set " + sets[endpoint]);
        }
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }
}
