package dev.portcullis.compile;

/** Whose layer documents can be in: a kind, and a number of that kind, in one int. */
final class Owner {

    /** Identity-based policies of a record: its own. */
    static final int IDENTITY = 0;
    /** The boundary of a record. */
    static final int BOUNDARY = 1;
    /** Policies of a group. */
    static final int GROUP = 2;
    /** SCPs above an account, by slot. */
    static final int SERVICE_CONTROL = 3;
    /** RCPs above an account, by slot. */
    static final int RESOURCE_CONTROL = 4;
    /** The resource-based policy of a guard. */
    static final int POLICY = 5;
    /** The trust policy of a guard. */
    static final int TRUST = 6;
    /** The trust policy of a record that has no guard. */
    static final int ARRIVED_TRUST = 7;
    /** The policy of an endpoint. */
    static final int ENDPOINT = 8;

    private static final int SHIFT = 27;
    private static final int MASK = (1 << SHIFT) - 1;

    private Owner() {}

    static int of(int kind, int number) {
        if (number > MASK) {
            throw new IllegalStateException("more than " + MASK + " principals, resources or accounts");
        }
        return kind << SHIFT | number;
    }

    static int kind(int owner) {
        return owner >>> SHIFT;
    }

    static int number(int owner) {
        return owner & MASK;
    }
}
