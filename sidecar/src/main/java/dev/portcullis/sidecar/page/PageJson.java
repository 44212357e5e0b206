package dev.portcullis.sidecar.page;

import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.json.JsonWriter;

/** What the page's own endpoints answer when they can't. */
final class PageJson {

    private PageJson() {}

    static ServerResponse error(int status, String message) {
        return ServerResponse.json(
                status,
                new JsonWriter()
                        .beginObject()
                        .member("error", message)
                        .endObject()
                        .toUtf8());
    }
}
