package dev.portcullis.sidecar.authzen;

import dev.portcullis.Store;
import dev.portcullis.sidecar.authzen.PageTokens.Place;
import dev.portcullis.sidecar.decision.DecisionPoint;
import dev.portcullis.sidecar.decision.Desk;
import dev.portcullis.sidecar.decision.Policies;
import dev.portcullis.sidecar.http.Batch;
import dev.portcullis.sidecar.http.Batches;
import dev.portcullis.sidecar.http.Refusal;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.options.SidecarLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Who may do this, on what, or what may be done: each candidate that the directory knows is asked for. */
final class SearchEndpoint extends JsonEndpoint {

    /** What is searched for. */
    enum Wanted {
        SUBJECT,
        RESOURCE,
        ACTION
    }

    /** One search; the entity that is searched for has its type only. */
    private record Search(Entity subject, Entity action, Entity resource, Map<String, JsonNode> context) {

        /** Tells searches apart. */
        private String text() {
            JsonWriter text = new JsonWriter().beginArray();
            subject.addTo(text);
            action.addTo(text);
            resource.addTo(text);
            Entity.add(context, text);
            return text.endArray().toString();
        }

        private Evaluation with(Wanted wanted, String candidate) {
            return switch (wanted) {
                case SUBJECT ->
                    new Evaluation(new Entity(subject.type(), candidate, Map.of()), action, resource, context);
                case RESOURCE ->
                    new Evaluation(subject, action, new Entity(resource.type(), candidate, Map.of()), context);
                case ACTION -> new Evaluation(subject, new Entity("", candidate, Map.of()), resource, context);
            };
        }
    }

    /** The directory of one version of policies and one mapping. */
    private record Known(long version, Vocabulary vocabulary, Directory directory) {}

    private final DecisionPoint point;
    private final Supplier<Vocabulary> vocabulary;
    private final SidecarLimits limits;
    private final Executor workers;
    private final PageTokens tokens;
    private final Wanted wanted;
    private volatile Known known;

    /** @param workers run searches; refuse what is too much */
    SearchEndpoint(
            DecisionPoint point,
            Supplier<Vocabulary> vocabulary,
            SidecarLimits limits,
            Executor workers,
            PageTokens tokens,
            Wanted wanted,
            Batches batches) {
        super(limits.bodyBytes(), batches);
        this.point = point;
        this.vocabulary = vocabulary;
        this.limits = limits;
        this.workers = workers;
        this.tokens = tokens;
        this.wanted = wanted;
    }

    @Override
    Batch answer(JsonNode body, String traceparent, Reply reply) throws JsonException {
        Search search = read(body);
        Optional<JsonNode> page = body.member("page", Kind.OBJECT);
        Optional<Integer> limit = page.isPresent() ? limit(page.get()) : Optional.empty();
        Optional<String> token = page.isPresent() ? page.get().optionalString("token") : Optional.empty();
        try {
            workers.execute(() -> {
                try {
                    reply.send(search(search, page.isPresent(), limit, token, reply));
                } catch (JsonException e) {
                    reply.send(error(400, e.getMessage()));
                } catch (RuntimeException | Error e) {
                    reply.send(refuse(Refusal.INTERNAL_ERROR));
                    throw e;
                }
            });
        } catch (RejectedExecutionException e) {
            reply.send(refuse(Refusal.OVERLOADED));
        }
        return null;
    }

    private Search read(JsonNode body) throws JsonException {
        Map<String, JsonNode> context = Evaluation.contextOf(body);
        return switch (wanted) {
            case SUBJECT ->
                new Search(
                        Entity.ofType(body, "subject"), Entity.action(body), Entity.whole(body, "resource"), context);
            case RESOURCE ->
                new Search(
                        Entity.whole(body, "subject"), Entity.action(body), Entity.ofType(body, "resource"), context);
            case ACTION ->
                new Search(
                        Entity.whole(body, "subject"),
                        new Entity("", "", Map.of()),
                        Entity.whole(body, "resource"),
                        context);
        };
    }

    private static Optional<Integer> limit(JsonNode page) throws JsonException {
        Optional<JsonNode> limit = page.member("limit", Kind.NUMBER);
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        if (!limit.get().text().matches("[0-9]{1,9}")) {
            throw limit.get().wrong("limit must be an integer, 0 or more");
        }
        return Optional.of(Integer.parseInt(limit.get().text()));
    }

    private ServerResponse search(
            Search search, boolean paged, Optional<Integer> limit, Optional<String> token, Reply reply)
            throws JsonException {
        Live.Version<Policies> policies = point.policies().current();
        if (policies == null) {
            return refuse(Refusal.OVERLOADED);
        }
        if (policies.value().store().isEmpty()) {
            return error(501, "policies from an image don't tell who and what there is");
        }
        Directory directory = directory(policies, policies.value().store().get());
        String about = wanted + " " + policies.number() + " " + search.text();
        Place from = new Place(0, limit.orElse(-1));
        if (token.isPresent() && !token.get().isEmpty()) {
            from = tokens.read(token.get(), about)
                    .orElseThrow(() -> new JsonException("the page token isn't one of this search", 0, 0));
            if (limit.isPresent() && limit.get() != from.limit()) {
                throw new JsonException("the page's limit may not change", 0, 0);
            }
        }
        List<String> candidates = candidates(search, directory);
        List<String> results = new ArrayList<>();
        int next = from.candidate();
        int end = (int) Math.min(candidates.size(), (long) next + limits.searchCandidates());
        while (next < end && reply.isWanted() && (from.limit() < 0 || results.size() < from.limit())) {
            String candidate = candidates.get(next++);
            if (isAllowed(search.with(wanted, candidate))) {
                results.add(candidate);
            }
        }
        boolean cut = next < candidates.size();
        return write(search, results, paged || cut, cut ? tokens.write(new Place(next, from.limit()), about) : "");
    }

    private Directory directory(Live.Version<Policies> policies, Store store) {
        Vocabulary words = vocabulary.get();
        Known last = known;
        if (last == null || last.version != policies.number() || !last.vocabulary.equals(words)) {
            last = new Known(policies.number(), words, new Directory(store, words));
            known = last;
        }
        return last.directory;
    }

    /** Nobody may do anything with what doesn't exist, whatever policies would say of it. */
    private List<String> candidates(Search search, Directory directory) {
        boolean exists = switch (wanted) {
            case SUBJECT ->
                directory.knowsResource(search.resource)
                        && directory.knowsAction(search.action.id(), search.resource.type());
            case RESOURCE ->
                directory.knowsSubject(search.subject)
                        && directory.knowsAction(search.action.id(), search.resource.type());
            case ACTION -> directory.knowsSubject(search.subject) && directory.knowsResource(search.resource);
        };
        if (!exists) {
            return List.of();
        }
        return switch (wanted) {
            case SUBJECT -> directory.subjects(search.subject.type());
            case RESOURCE -> directory.resources(search.resource.type());
            case ACTION -> directory.actions(search.resource.type());
        };
    }

    private boolean isAllowed(Evaluation evaluation) {
        Desk desk = point.desk();
        return evaluation.fill(desk.begin(), vocabulary.get()).isEmpty() && desk.wouldAllow();
    }

    private ServerResponse write(Search search, List<String> results, boolean paged, String next) {
        JsonWriter json = new JsonWriter().beginObject();
        if (paged) {
            json.name("page")
                    .beginObject()
                    .member("next_token", next)
                    .member("count", results.size())
                    .endObject();
        }
        json.name("results").beginArray();
        for (String result : results) {
            json.beginObject();
            switch (wanted) {
                case SUBJECT -> json.member("type", search.subject.type()).member("id", result);
                case RESOURCE -> json.member("type", search.resource.type()).member("id", result);
                case ACTION -> json.member("name", result);
            }
            json.endObject();
        }
        return ServerResponse.json(200, json.endArray().endObject().toUtf8());
    }
}
