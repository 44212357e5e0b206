package dev.portcullis;

import dev.portcullis.automaton.Frame;
import dev.portcullis.policy.Limits;
import org.agrona.DirectBuffer;

/** Checks of a request's fields, and what is said of those that no request can have. */
final class RequestFields {

    private static final int MOST_BYTES_OF_A_UNIT = 3;
    private static final int ACCOUNT_DIGITS = 12;
    private static final int UNIQUE_ID_UNITS = 128;

    private RequestFields() {}

    static void checkPrincipal(String principal) {
        checkUnits("principal", principal.length(), Limits.RESOURCE_UNITS);
    }

    static void checkAction(String action) {
        checkUnits("action", action.length(), Limits.ACTION_UNITS);
    }

    static void checkResource(String resource) {
        checkUnits("resource", resource.length(), Limits.RESOURCE_UNITS);
    }

    static void checkKey(int units) {
        if (units == 0) {
            throw new IllegalArgumentException("context: a key without a name");
        }
        checkUnits("context: a key", units, Limits.CONTEXT_VALUE_UNITS);
    }

    static void checkUnits(String field, int units, int most) {
        if (units > most) {
            throw tooLong(field, most);
        }
    }

    private static IllegalArgumentException tooLong(String field, int most) {
        return new IllegalArgumentException(field + ": is longer than " + most + " units");
    }

    static IllegalArgumentException nobody(String principal) {
        return new IllegalArgumentException("principal: `" + principal + "` is nobody who can ask");
    }

    static IllegalArgumentException noAction(String action) {
        return new IllegalArgumentException("action: `" + action + "` is not `service:Name`");
    }

    static IllegalArgumentException noResource(String resource) {
        return new IllegalArgumentException(
                "resource: `" + resource + "` is neither an ARN of six fields nor `*` (rule L39)");
    }

    static IllegalArgumentException ofOtherEngine(String field) {
        return new IllegalArgumentException(field + ": was made by another engine");
    }

    /**
     * Brings UTF-8 text into the frame; where it starts. It reaches to the frame's end.
     *
     * @throws IllegalArgumentException if it is malformed or too long
     */
    static int units(String field, DirectBuffer buffer, int offset, int length, int most, Frame frame) {
        if (length > MOST_BYTES_OF_A_UNIT * most) {
            throw tooLong(field, most);
        }
        int start = frame.put(buffer, offset, length);
        if (start < 0) {
            throw new IllegalArgumentException(field + ": is not UTF-8");
        }
        checkUnits(field, frame.end() - start, most);
        return start;
    }

    /** The number of an account, 12 digits. */
    static long account(String accountId) {
        long number = 0;
        boolean digits = accountId.length() == ACCOUNT_DIGITS;
        for (int i = 0; digits && i < ACCOUNT_DIGITS; i++) {
            int digit = accountId.charAt(i) - '0';
            digits = digit >= 0 && digit <= 9;
            number = number * 10 + digit;
        }
        if (!digits) {
            throw noAccount("`" + accountId + "`");
        }
        return number;
    }

    /** The same from bytes. */
    static long account(DirectBuffer buffer, int offset, int length) {
        long number = 0;
        boolean digits = length == ACCOUNT_DIGITS;
        for (int i = 0; digits && i < ACCOUNT_DIGITS; i++) {
            int digit = buffer.getByte(offset + i) - '0';
            digits = digit >= 0 && digit <= 9;
            number = number * 10 + digit;
        }
        if (!digits) {
            throw noAccount("what is given");
        }
        return number;
    }

    private static IllegalArgumentException noAccount(String what) {
        return new IllegalArgumentException("resourceAccount: " + what + " is not a 12-digit account id");
    }

    /** Checks that the units from {@code start} to the frame's end are letters and digits. */
    static void checkId(String field, int start, Frame frame) {
        int length = frame.end() - start;
        boolean id = length > 0 && length <= UNIQUE_ID_UNITS;
        for (int i = 0; id && i < length; i++) {
            char unit = frame.unit(start + i);
            id = (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9');
        }
        if (!id) {
            throw new IllegalArgumentException(field + ": is not 1 to " + UNIQUE_ID_UNITS + " letters and digits");
        }
    }
}
