import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import dev.portcullis.sidecar.json.JsonReader;
import dev.portcullis.sidecar.json.JsonWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A tab of a running Chromium, by its DevTools protocol: keys, scripts, pictures, and all that the page complains about. */
final class Browser {

    private static final int PATIENCE_SECONDS = 30;

    /** What the page complained about: exceptions, refused scripts, failed loads. */
    final List<String> complaints = new CopyOnWriteArrayList<>();

    /** Every address that was asked for. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final WebSocket socket;
    private String session;

    Browser(String endpoint) throws Exception {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(endpoint), new Messages())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonNode target = call("Target.createTarget", "{\"url\":\"about:blank\"}");
        session = call(
                        "Target.attachToTarget",
                        "{\"flatten\":true,\"targetId\":" + quoted(target.string("targetId")) + "}")
                .string("sessionId");
        for (String domain : new String[] {"Page", "Runtime", "Network", "Log"}) {
            call(domain + ".enable", "{}");
        }
    }

    static String quoted(String text) {
        return new JsonWriter().value(text).toString();
    }

    JsonNode call(String method, String parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        String of = session == null ? "" : ",\"sessionId\":" + quoted(session);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + of + "}", true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void open(String url) throws Exception {
        call("Page.navigate", "{\"url\":\"about:blank\"}");
        call("Page.navigate", "{\"url\":" + quoted(url) + "}");
        until("the page", "document.readyState === 'complete' && location.href.startsWith('http')");
    }

    /** The value of a JavaScript expression, as text; promises are awaited. */
    String value(String expression) throws Exception {
        JsonNode answer = call(
                "Runtime.evaluate",
                "{\"awaitPromise\":true,\"returnByValue\":true,\"expression\":"
                        + quoted("(async () => String(await (" + expression + ")))()") + "}");
        if (answer.member("exceptionDetails", Kind.OBJECT).isPresent()) {
            throw new IllegalStateException(expression + " throws");
        }
        return answer.member("result", Kind.OBJECT).orElseThrow().string("value");
    }

    boolean is(String expression) throws Exception {
        return value(expression).equals("true");
    }

    /** Waits until an expression is true. */
    void until(String what, String expression) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!is(expression)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited for " + what + ": " + expression + "\n"
                        + value("document.body.innerText"));
            }
            Thread.sleep(25);
        }
    }

    void type(String text) throws Exception {
        call("Input.insertText", "{\"text\":" + quoted(text) + "}");
    }

    /** Presses one key. */
    void press(String key) throws Exception {
        press(key, 0);
    }

    /** @param modifiers 2: control, 8: shift */
    void press(String key, int modifiers) throws Exception {
        Map<String, Integer> codes = Map.of("Enter", 13, "Tab", 9, "Escape", 27, " ", 32);
        String text = key.equals("Enter") && modifiers == 0 ? ",\"text\":\"\\r\"" : key.equals(" ") ? ",\"text\":\" \"" : "";
        for (String kind : new String[] {"keyDown", "keyUp"}) {
            call(
                    "Input.dispatchKeyEvent",
                    "{\"type\":\"" + kind + "\",\"key\":" + quoted(key) + ",\"modifiers\":" + modifiers
                            + ",\"windowsVirtualKeyCode\":" + codes.get(key) + (kind.equals("keyDown") ? text : "") + "}");
        }
    }

    void size(int width, int height) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":false}");
    }

    void scheme(String scheme) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
    }

    void picture(Path file) throws Exception {
        JsonNode answer = call("Page.captureScreenshot", "{\"captureBeyondViewport\":true}");
        Files.write(file, Base64.getDecoder().decode(answer.string("data")));
    }

    private void event(JsonNode message) throws Exception {
        String method = message.string("method");
        JsonNode about = message.member("params", Kind.OBJECT).orElseThrow();
        switch (method) {
            case "Network.requestWillBeSent" ->
                requests.add(about.member("request", Kind.OBJECT).orElseThrow().string("url"));
            case "Runtime.exceptionThrown" ->
                complaints.add(about.member("exceptionDetails", Kind.OBJECT).orElseThrow().string("text"));
            case "Log.entryAdded" -> complaints.add(about.member("entry", Kind.OBJECT).orElseThrow().string("text"));
            default -> {}
        }
    }

    /** Puts messages together and hands them to those who wait. */
    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                try {
                    take(JsonReader.read(whole.getBytes(StandardCharsets.UTF_8)));
                } catch (Exception e) {
                    complaints.add("a message that can't be read: " + e);
                }
            }
            from.request(1);
            return null;
        }

        private void take(JsonNode message) throws Exception {
            if (message.member("id", Kind.NUMBER).isEmpty()) {
                event(message);
                return;
            }
            CompletableFuture<JsonNode> answer =
                    waiting.remove(Integer.valueOf(message.member("id", Kind.NUMBER).get().text()));
            if (message.member("error", Kind.OBJECT).isPresent()) {
                answer.completeExceptionally(new IllegalStateException(
                        message.member("error", Kind.OBJECT).get().string("message")));
            } else {
                answer.complete(message.member("result", Kind.OBJECT).orElseThrow());
            }
        }
    }
}
