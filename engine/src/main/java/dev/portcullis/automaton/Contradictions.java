package dev.portcullis.automaton;

/** What can be wrong with a request as a whole, and what to say of it. */
public final class Contradictions {

    /** Nothing. */
    public static final int FINE = 0;
    /** The role isn't the session's. */
    static final int OTHER_ROLE = 1;
    /** The user isn't of the federated user's account. */
    static final int OTHER_USER = 2;
    /** Resources that cover this one disagree about its policy. */
    static final int TWO_POLICIES = 3;
    /** Resources that cover this one disagree about its access control list. */
    static final int TWO_LISTS = 4;
    /** Resources that cover this one disagree about its owner. */
    static final int TWO_OWNERS = 5;
    /** The owner isn't the one in the store. */
    static final int OTHER_OWNER = 6;
    /** The owner is said to be nobody, but the ARN names an account. */
    static final int OWNER_IN_ARN = 7;
    /** The store has a policy of the resource already. */
    static final int SECOND_POLICY = 8;
    /** {@code aws:SourceVpce} is given as a list. */
    static final int SEVERAL_ENDPOINTS = 9;

    private Contradictions() {}

    /** A sentence that begins with the request's field. */
    static String message(int problem, Automaton automaton, Frame frame) {
        Guards guards = automaton.guards;
        Guard guard = frame.guard;
        return switch (problem) {
            case OTHER_ROLE ->
                "roleArn: `" + frame.text(frame.facts.role, frame.facts.roleEnd)
                        + "` is not the role of the principal's session";
            case OTHER_USER ->
                "federatingUser: `" + frame.text(frame.facts.user, frame.facts.userEnd)
                        + "` is no user of the principal's account";
            case TWO_POLICIES -> covered(guards, guard.policy, guard.otherPolicy, "a policy", frame);
            case TWO_LISTS -> covered(guards, guard.list, guard.otherList, "an access control list", frame);
            case TWO_OWNERS -> covered(guards, guard.owner, guard.otherOwner, "an owner", frame);
            case OTHER_OWNER ->
                "resourceAccount: the store says that `" + resource(frame) + "` belongs to "
                        + account(guards.owner(guard)) + ", which the request contradicts";
            case OWNER_IN_ARN -> "resourceAccount: `" + resource(frame) + "` names an account, so it isn't nobody's";
            case SECOND_POLICY -> "resourcePolicy: the store has a policy of `" + resource(frame) + "` already";
            case SEVERAL_ENDPOINTS -> "context: `aws:SourceVpce` is single-valued, and must not be a list";
            default -> throw new IllegalStateException("unhandled problem " + problem);
        };
    }

    private static String covered(Guards guards, int one, int other, String what, Frame frame) {
        return "resource: `" + resource(frame) + "` is covered by `" + guards.arn(one) + "` and `" + guards.arn(other)
                + "`, each with " + what;
    }

    private static String resource(Frame frame) {
        Resource resource = frame.resource;
        resource.place(frame);
        return frame.text(resource.start, resource.end);
    }

    private static String account(long account) {
        String digits = Long.toString(account);
        return "0".repeat(Arns.ACCOUNT_UNITS - digits.length()) + digits;
    }
}
