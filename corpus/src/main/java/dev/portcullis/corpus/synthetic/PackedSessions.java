package dev.portcullis.corpus.synthetic;

import dev.portcullis.corpus.PolicySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The session policies of packed requests, read when these are opened: requests with the same ones share the texts. */
final class PackedSessions {

    private final Map<Integer, PolicySource> policies = new HashMap<>();
    private final Map<List<Integer>, Session> known = new HashMap<>();
    /** By request; null where it has none. */
    private final Session[] sessions;

    private static final class Session {
        private final List<PolicySource> sources;
        private final String[] texts;

        Session(List<PolicySource> sources) {
            this.sources = List.copyOf(sources);
            this.texts = sources.stream().map(PolicySource::text).toArray(String[]::new);
        }
    }

    PackedSessions(int requests) {
        sessions = new Session[requests];
    }

    /** Adds a policy. */
    void policy(int place, String name, String text) {
        policies.put(place, PolicySource.of(name, text));
    }

    /**
     * Tells a request's policies by their places.
     *
     * @throws IndexOutOfBoundsException if there is no policy
     */
    void request(int number, int... places) {
        if (places.length > 0) {
            sessions[number] =
                    known.computeIfAbsent(Arrays.stream(places).boxed().toList(), this::session);
        }
    }

    private Session session(List<Integer> places) {
        List<PolicySource> sources = new ArrayList<>();
        for (int place : places) {
            PolicySource source = policies.get(place);
            if (source == null) {
                throw new IndexOutOfBoundsException("there is no policy at " + place);
            }
            sources.add(source);
        }
        return new Session(sources);
    }

    /** Texts of the policies of a request that has some. */
    String[] texts(int number) {
        return sessions[number].texts;
    }

    /** The policies of a request; empty if it has none. */
    Optional<List<PolicySource>> sources(int number) {
        return Optional.ofNullable(sessions[number]).map(session -> session.sources);
    }
}
