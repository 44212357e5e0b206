package dev.portcullis.automaton;

/** What to say of a request that can't be decided as a whole. */
final class Contradictions {

    private Contradictions() {}

    /** A sentence that begins with the request's field. */
    static String message(int problem, Automaton automaton, Frame frame) {
        Guards guards = automaton.guards;
        Guard guard = frame.guard;
        return switch (problem) {
            case Automaton.OTHER_ROLE ->
                "roleArn: `" + frame.text(frame.facts.role, frame.facts.roleEnd)
                        + "` is not the role of the principal's session";
            case Automaton.OTHER_USER ->
                "federatingUser: `" + frame.text(frame.facts.user, frame.facts.userEnd)
                        + "` is no user of the principal's account";
            case Automaton.TWO_POLICIES -> covered(guards, guard.policy, guard.otherPolicy, "a policy", frame);
            case Automaton.TWO_LISTS -> covered(guards, guard.list, guard.otherList, "an access control list", frame);
            case Automaton.TWO_OWNERS -> covered(guards, guard.owner, guard.otherOwner, "an owner", frame);
            case Automaton.OTHER_OWNER ->
                "resourceAccount: the store says that `" + resource(frame) + "` belongs to "
                        + account(guards.owner(guard)) + ", which the request contradicts";
            case Automaton.OWNER_IN_ARN ->
                "resourceAccount: `" + resource(frame) + "` names an account, so it isn't nobody's";
            case Automaton.SECOND_POLICY ->
                "resourcePolicy: the store has a policy of `" + resource(frame) + "` already";
            case Automaton.SEVERAL_ENDPOINTS -> "context: `aws:SourceVpce` is single-valued, and must not be a list";
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
