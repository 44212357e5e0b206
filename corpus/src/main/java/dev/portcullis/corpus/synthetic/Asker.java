package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.corpus.synthetic.Attached.Holding;
import dev.portcullis.corpus.synthetic.Population.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks one request.
 *
 * @param person its names and tags; of a service or identity provider its name only
 * @param account whom the request is about
 * @param federatingUser ARN of the user who made the session of a federated user
 * @param provider whom the role of a federated session trusts
 * @param attached numbers of its identity-based policies, that one first which the request is made for
 */
record Asker(
        CallerKind kind,
        Person person,
        Account account,
        Optional<String> federatingUser,
        Optional<String> provider,
        List<Integer> attached) {

    private static final List<String> TOOLS = List.of("console", "notebook", "pipeline", "report");

    /** A user or role session as it is. */
    static Asker principal(CallerKind kind, Person person, Account account, List<Integer> attached) {
        return new Asker(kind, person, account, Optional.empty(), Optional.empty(), attached);
    }

    /** A session of one of the tools that a user made for others; it has no tags but those that it is given. */
    static Asker federatedUser(Holding holding, int tool, Account account, List<Integer> attached) {
        String user = holding.person().arn();
        String name = user.substring(user.lastIndexOf('/') + 1) + "." + TOOLS.get(Math.floorMod(tool, TOOLS.size()));
        Person person = new Person(
                user,
                "arn:aws:sts::" + account.id() + ":federated-user/" + name,
                false,
                account.id() + ":" + name,
                Map.of());
        return new Asker(CallerKind.FEDERATED_USER, person, account, Optional.of(user), Optional.empty(), attached);
    }

    /** A service or an identity provider. */
    static Asker outside(CallerKind kind, String name, Account account) {
        return principal(kind, new Person(name, name, false, "", Map.of()), account, List.of());
    }

    /** The same session of a role that trusts a provider. */
    Asker trusting(Optional<String> trusted) {
        return new Asker(kind, person, account, federatingUser, trusted, attached);
    }

    boolean isOutside() {
        return kind == CallerKind.SERVICE || kind == CallerKind.IDENTITY_PROVIDER;
    }

    /** What its name does not tell. */
    Situation.Facts facts() {
        return Situation.Facts.NONE.withFederatingUser(federatingUser);
    }
}
