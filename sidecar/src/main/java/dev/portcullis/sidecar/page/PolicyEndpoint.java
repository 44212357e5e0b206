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
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code /page/policy?name=NAME}: the text of one policy as it was loaded, and what its placeholders stand for. An image
 * has no texts.
 */
final class PolicyEndpoint implements HttpEndpoint {

    private final Live<Policies> policies;

    PolicyEndpoint(Live<Policies> policies) {
        this.policies = policies;
    }

    @Override
    public int bodyLimit() {
        return 0;
    }

    @Override
    public void answer(ClientRequest request, Reply reply) {
        try {
            reply.send(policy(new PageQuery(request.query()).value("name")));
        } catch (IllegalArgumentException e) {
            reply.send(PageJson.error(400, e.getMessage()));
        }
    }

    private ServerResponse policy(String name) {
        Live.Version<Policies> version = policies.current();
        if (version == null) {
            return PageJson.error(503, "no policies are loaded");
        }
        if (version.value().store().isEmpty()) {
            return PageJson.error(404, "the policies come from an image, which holds no texts");
        }
        Store store = version.value().store().get();
        String text = store.texts().get(name);
        if (text == null) {
            return PageJson.error(404, "the store has no such policy");
        }
        JsonWriter json = new JsonWriter()
                .beginObject()
                .member("version", version.number())
                .member("name", name)
                .member("text", text)
                .name("parameters")
                .beginObject();
        for (Map.Entry<String, String> parameter : store.parameters().entrySet()) {
            if (isIn(text, parameter.getKey())) {
                json.member(parameter.getKey(), parameter.getValue());
            }
        }
        return ServerResponse.json(200, json.endObject().endObject().toUtf8());
    }

    private static boolean isIn(String text, String parameter) {
        return text.contains("{{")
                && Pattern.compile("\\{\\{\\s*" + Pattern.quote(parameter) + "\\s*\\}\\}")
                        .matcher(text)
                        .find();
    }

    @Override
    public ServerResponse refuse(Refusal reason) {
        return PageJson.error(reason.status(), reason.message());
    }
}
