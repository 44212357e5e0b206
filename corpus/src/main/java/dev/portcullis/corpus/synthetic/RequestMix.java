package dev.portcullis.corpus.synthetic;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many requests are of which kind. Immutable.
 *
 * @param shares weights; a kind's share is its weight among all
 */
public record RequestMix(Map<RequestKind, Integer> shares) {

    public RequestMix {
        EnumMap<RequestKind, Integer> copy = new EnumMap<>(RequestKind.class);
        int sum = 0;
        for (RequestKind kind : RequestKind.values()) {
            int share = shares.getOrDefault(kind, 0);
            if (share < 0 || share > 1_000_000) {
                throw new IllegalArgumentException(kind + ": " + share + " is not between 0 and 1000000");
            }
            copy.put(kind, share);
            sum += share;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("no kind of request has a share");
        }
        shares = Collections.unmodifiableMap(copy);
    }

    /** 60 % hits, 15 % near misses, 10 % denies, and 5 % each of missing keys, unknown actions and unknown resources. */
    public static RequestMix standard() {
        return new RequestMix(Map.of(
                RequestKind.HIT, 60,
                RequestKind.NEAR_MISS, 15,
                RequestKind.DENY, 10,
                RequestKind.MISSING_KEY, 5,
                RequestKind.UNKNOWN_ACTION, 5,
                RequestKind.UNKNOWN_RESOURCE, 5));
    }

    /** The same with another share of a kind. */
    public RequestMix with(RequestKind kind, int share) {
        Map<RequestKind, Integer> changed = new EnumMap<>(shares);
        changed.put(kind, share);
        return new RequestMix(changed);
    }

    /** A kind's share, from 0 to 1. */
    public double share(RequestKind kind) {
        return (double) shares.get(kind)
                / shares.values().stream().mapToInt(Integer::intValue).sum();
    }
}
