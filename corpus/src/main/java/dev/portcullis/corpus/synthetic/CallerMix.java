package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.generate.RandomNumbers;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many requests are asked by which kind of caller. Immutable.
 *
 * @param shares weights; a kind's share is its weight among all
 */
public record CallerMix(Map<CallerKind, Integer> shares) {

    private static final List<CallerKind> KINDS = List.of(CallerKind.values());

    public CallerMix {
        EnumMap<CallerKind, Integer> copy = new EnumMap<>(CallerKind.class);
        int sum = 0;
        for (CallerKind kind : KINDS) {
            int share = shares.getOrDefault(kind, 0);
            if (share < 0 || share > 1_000_000) {
                throw new IllegalArgumentException(kind + ": " + share + " is not between 0 and 1000000");
            }
            copy.put(kind, share);
            sum += share;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("no kind of caller has a share");
        }
        shares = Collections.unmodifiableMap(copy);
    }

    /** Principals only. */
    public static CallerMix principals() {
        return new CallerMix(Map.of(CallerKind.PRINCIPAL, 1));
    }

    /**
     * Who asks in a profile's accounts.
     *
     * <ul>
     *   <li>{@code amazon-q} and {@code customer}: 80 % principals, 7 % narrowed sessions, 5 % federated sessions, 3 %
     *       federated users, 4 % services, 1 % identity providers
     *   <li>{@code managed} and {@code guardrail}, which have users only: 96 % principals, 4 % federated users
     *   <li>the others, which are for libraries that know one kind of policy: principals
     * </ul>
     */
    public static CallerMix of(Profile profile) {
        return switch (profile) {
            case AMAZON_Q, CUSTOMER ->
                new CallerMix(Map.of(
                        CallerKind.PRINCIPAL, 80,
                        CallerKind.NARROWED_SESSION, 7,
                        CallerKind.FEDERATED_SESSION, 5,
                        CallerKind.FEDERATED_USER, 3,
                        CallerKind.SERVICE, 4,
                        CallerKind.IDENTITY_PROVIDER, 1));
            case MANAGED, GUARDRAIL -> new CallerMix(Map.of(CallerKind.PRINCIPAL, 96, CallerKind.FEDERATED_USER, 4));
            case PRINCIPALS, APPLICATIONS, HOSTILE -> principals();
        };
    }

    /** The same with another share of a kind. */
    public CallerMix with(CallerKind kind, int share) {
        Map<CallerKind, Integer> changed = new EnumMap<>(shares);
        changed.put(kind, share);
        return new CallerMix(changed);
    }

    /** A kind's share, from 0 to 1. */
    public double share(CallerKind kind) {
        return (double) shares.get(kind) / sum();
    }

    private int sum() {
        return shares.values().stream().mapToInt(Integer::intValue).sum();
    }

    CallerKind draw(RandomNumbers random) {
        int left = random.below(sum());
        for (CallerKind kind : KINDS) {
            left -= shares.get(kind);
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("a number below the sum is below one of its parts");
    }
}
