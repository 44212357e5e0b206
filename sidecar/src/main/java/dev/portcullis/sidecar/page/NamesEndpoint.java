package dev.portcullis.sidecar.page;

import dev.portcullis.Store;
import dev.portcullis.sidecar.decision.Policies;
import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.http.HttpEndpoint;
import dev.portcullis.sidecar.http.Refusal;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.page.Vocabulary.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * {@code /page/names?kind=principal&prefix=ali}: suggestions, a few of them. An image has none: {@code "known": false}.
 */
final class NamesEndpoint implements HttpEndpoint {

    static final int LIMIT = 50;

    /** The words of one version of the policies. */
    private record Known(long version, Vocabulary vocabulary) {}

    private final Live<Policies> policies;
    private final Executor workers;
    private volatile Known known;

    NamesEndpoint(Live<Policies> policies, Executor workers) {
        this.policies = policies;
        this.workers = workers;
    }

    @Override
    public int bodyLimit() {
        return 0;
    }

    @Override
    public void answer(ClientRequest request, Reply reply) {
        Kind kind;
        String prefix;
        try {
            PageQuery query = new PageQuery(request.query());
            kind = Kind.of(query.value("kind"))
                    .orElseThrow(() -> new IllegalArgumentException("kind: principal, action, resource or key"));
            prefix = query.value("prefix");
        } catch (IllegalArgumentException e) {
            reply.send(PageJson.error(400, e.getMessage()));
            return;
        }
        Live.Version<Policies> version = policies.current();
        Optional<Store> store =
                version == null ? Optional.empty() : version.value().store();
        if (store.isEmpty()) {
            reply.send(names(false, List.of()));
            return;
        }
        Known last = known;
        if (last != null && last.version == version.number()) {
            reply.send(names(true, last.vocabulary.find(kind, prefix, LIMIT + 1)));
            return;
        }
        try {
            workers.execute(() -> {
                try {
                    reply.send(names(
                            true, vocabulary(version.number(), store.get()).find(kind, prefix, LIMIT + 1)));
                } catch (RuntimeException | Error e) {
                    reply.send(refuse(Refusal.INTERNAL_ERROR));
                    throw e;
                }
            });
        } catch (RejectedExecutionException e) {
            reply.send(refuse(Refusal.OVERLOADED));
        }
    }

    private synchronized Vocabulary vocabulary(long version, Store store) {
        Known last = known;
        if (last == null || last.version != version) {
            last = new Known(version, new Vocabulary(store));
            known = last;
        }
        return last.vocabulary;
    }

    /** @param found one more than is told, if there is more */
    private static ServerResponse names(boolean known, List<String> found) {
        boolean more = found.size() > LIMIT;
        return ServerResponse.json(
                200,
                new JsonWriter()
                        .beginObject()
                        .member("known", known)
                        .member("names", more ? found.subList(0, LIMIT) : found)
                        .member("more", more)
                        .endObject()
                        .toUtf8());
    }

    @Override
    public ServerResponse refuse(Refusal reason) {
        return PageJson.error(reason.status(), reason.message());
    }
}
