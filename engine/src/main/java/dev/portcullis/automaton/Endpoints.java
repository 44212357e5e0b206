package dev.portcullis.automaton;

/** VPC endpoint policies: one more gate for requests whose {@code aws:SourceVpce} names an endpoint (E85 to E88). */
public final class Endpoints {

    private final TextTable ids;
    private final int[] sets;
    private final int slot;

    /**
     * @param ids ids of the endpoints that have a policy
     * @param sets their policy sets
     * @param slot slot of {@code aws:SourceVpce}, or {@link Caller#NONE} when there are no endpoints
     */
    public Endpoints(TextTable ids, int[] sets, int slot) {
        this.ids = ids;
        this.sets = sets;
        this.slot = slot;
    }

    void write(ArraySink out) {
        ids.write("endpoints.ids", out);
        out.ints("endpoints.sets", sets);
        out.ints("endpoints.slot", slot);
    }

    static Endpoints read(int keys, int sets, ArraySource in) {
        TextTable ids = TextTable.read("endpoints.ids", in);
        int[] ofEndpoint = in.ints("endpoints.sets");
        int[] slot = in.ints("endpoints.slot");
        in.requireLength("endpoints.sets", ofEndpoint.length, ids.size());
        in.requireRange("endpoints.sets", ofEndpoint, 0, sets);
        in.requireLength("endpoints.slot", slot.length, 1);
        in.requireRange("endpoints.slot", slot, Caller.NONE, keys);
        return new Endpoints(ids, ofEndpoint, slot[0]);
    }

    int size() {
        return sets.length;
    }

    boolean isEmpty() {
        return slot == Caller.NONE;
    }

    int evaluate(Dispatch dispatch, Frame frame) {
        int endpoint = find(frame);
        return endpoint < 0 ? Grants.DIRECT : dispatch.evaluate(sets[endpoint], frame);
    }

    /** The endpoint with a policy that the request came through, or {@link Caller#NONE}. */
    int find(Frame frame) {
        if (slot == Caller.NONE || frame.state(slot) != Frame.SINGLE) {
            return Caller.NONE;
        }
        int value = frame.first(slot);
        int start = frame.start(value);
        return ids.find(frame.text, start, frame.length(value));
    }

    /** The endpoint of an id, or {@link Caller#NONE}; allocates. */
    public int find(String id) {
        return ids.find(id);
    }

    /** The policy set of an endpoint. */
    public int set(int endpoint) {
        return sets[endpoint];
    }
}
