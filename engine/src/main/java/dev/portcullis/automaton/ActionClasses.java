package dev.portcullis.automaton;

/** The few actions that the evaluation rules name, and the services that take part in RCPs, by number. Immutable. */
public final class ActionClasses {

    /** An action that no rule names. */
    static final int OTHER = 0;
    /** {@code sts:GetCallerIdentity} (rule E11). */
    public static final int GET_CALLER_IDENTITY = 1;
    /** Any other action of {@code sts} (rules E70, E77). */
    public static final int STS = 2;
    /** {@code kms:RetireGrant}, exempt from RCPs, possible across accounts (rules E59, E81). */
    public static final int KMS_RETIRE_GRANT = 3;
    /** Another KMS action that is possible across accounts (rule E81). */
    public static final int KMS_ACROSS_ACCOUNTS = 4;
    /** Any other KMS action. */
    public static final int KMS = 5;

    private final int sts;
    private final int kms;
    /** Place of {@code sts:AssumeRoleWithWebIdentity}. */
    private final int webIdentity;
    /** By an action's place among its service's: the class, {@link #OTHER} where there is none. */
    private final byte[] stsClasses;

    private final byte[] kmsClasses;
    /** By service: whether it takes part in RCPs (rule E59). */
    private final boolean[] resourceControl;

    public ActionClasses(
            int sts, int webIdentity, int kms, byte[] stsClasses, byte[] kmsClasses, boolean[] resourceControl) {
        this.sts = sts;
        this.webIdentity = webIdentity;
        this.kms = kms;
        this.stsClasses = stsClasses;
        this.kmsClasses = kmsClasses;
        this.resourceControl = resourceControl;
    }

    void write(ArraySink out) {
        out.ints("classes.numbers", sts, kms, webIdentity);
        out.bytes("classes.sts", stsClasses);
        out.bytes("classes.kms", kmsClasses);
        byte[] flags = new byte[resourceControl.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = (byte) (resourceControl[i] ? 1 : 0);
        }
        out.bytes("classes.resource-control", flags);
    }

    static ActionClasses read(int services, ArraySource in) {
        int[] numbers = in.ints("classes.numbers");
        byte[] flags = in.bytes("classes.resource-control");
        in.requireLength("classes.numbers", numbers.length, 3);
        in.requireLength("classes.resource-control", flags.length, services);
        boolean[] resourceControl = new boolean[flags.length];
        for (int i = 0; i < flags.length; i++) {
            resourceControl[i] = flags[i] != 0;
        }
        return new ActionClasses(
                numbers[0], numbers[2], numbers[1], in.bytes("classes.sts"), in.bytes("classes.kms"), resourceControl);
    }

    int of(Frame frame) {
        int service = frame.service;
        if (service == sts) {
            return classOf(stsClasses, frame.action, STS);
        }
        return service == kms ? classOf(kmsClasses, frame.action, KMS) : OTHER;
    }

    boolean isSts(Frame frame) {
        return frame.service == sts;
    }

    /** {@code sts:AssumeRoleWithWebIdentity} (rules L66, E75). */
    boolean isWebIdentity(Frame frame) {
        return frame.service == sts && frame.action == webIdentity;
    }

    private static int classOf(byte[] classes, int action, int usual) {
        return action >= 0 && action < classes.length && classes[action] != OTHER ? classes[action] : usual;
    }

    static boolean worksAcrossAccounts(int action) {
        return action == KMS_RETIRE_GRANT || action == KMS_ACROSS_ACCOUNTS;
    }

    boolean takesPartInResourceControl(int service) {
        return service >= 0 && resourceControl[service];
    }
}
