package dev.portcullis.automaton;

/** The SCPs and RCPs above a member account whose chain is not as it was compiled. Immutable. */
public final class PatchedAccount implements Patch {

    private final Layer[] serviceControl;
    private final Layer[] resourceControl;
    private final Layer allResourceControl;

    /**
     * @param serviceControl each level's, root first
     * @param resourceControl each level's, of which only the documents count
     * @param allResourceControl all levels' joined, since they only deny (rules E54, E55)
     */
    public PatchedAccount(Layer[] serviceControl, Layer[] resourceControl, Layer allResourceControl) {
        this.serviceControl = serviceControl;
        this.resourceControl = resourceControl;
        this.allResourceControl = allResourceControl;
    }

    /** DENIES; NONE when a level is silent; else DIRECT (rules E43, E44). */
    int serviceControl(Dispatch dispatch, Frame frame) {
        int said = Grants.DIRECT;
        for (Layer level : serviceControl) {
            int one = level.evaluate(dispatch, frame);
            if (one == Dispatch.DENIES) {
                return Dispatch.DENIES;
            }
            said = Math.min(said, one);
        }
        return said;
    }

    boolean resourceControlDenies(Dispatch dispatch, Frame frame) {
        return allResourceControl.evaluate(dispatch, frame) == Dispatch.DENIES;
    }

    /** SCPs of a level, from the root down. */
    public Layer serviceControl(int level) {
        return serviceControl[level];
    }

    /** RCPs of a level. */
    public Layer resourceControl(int level) {
        return resourceControl[level];
    }

    /** How many levels there are. */
    public int levels() {
        return serviceControl.length;
    }

    /** Bytes of itself. */
    public long bytes() {
        long bytes = 48 + allResourceControl.bytes();
        for (int i = 0; i < serviceControl.length; i++) {
            bytes += serviceControl[i].bytes() + resourceControl[i].bytes();
        }
        return bytes;
    }
}
