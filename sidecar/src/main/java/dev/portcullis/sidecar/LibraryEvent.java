package dev.portcullis.sidecar;

import dev.portcullis.sidecar.json.JsonWriter;
import java.time.Instant;

/** The form of an event that a library told and not the sidecar. */
public final class LibraryEvent {

    private LibraryEvent() {}

    /**
     * A line of JSON.
     *
     * @param thrown may be null
     */
    public static String line(String logger, String message, Throwable thrown) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .member("time", Instant.now().toString())
                .member("level", "warning")
                .member("event", "library")
                .member("logger", String.valueOf(logger))
                .member("message", String.valueOf(message));
        if (thrown != null) {
            json.member("cause", thrown.toString());
        }
        return json.endObject().toString();
    }
}
