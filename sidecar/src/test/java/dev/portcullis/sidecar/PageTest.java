package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Engine;
import dev.portcullis.Store;
import dev.portcullis.sidecar.options.PolicyLocation;
import dev.portcullis.sidecar.options.SidecarOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page is made of and what it reads; {@code src/it/page.sh} uses it in a browser. */
class PageTest {

    private static final List<String> PARTS = List.of(
            "/", "/page/page.css", "/page/page.js", "/page/result.js", "/page/policy-text.js", "/page/icon.svg");
    private static final String HOSTILE = "<img src=x onerror=\"window.hit=1\">";

    @TempDir
    private Path folder;

    private TestStore store;

    @BeforeEach
    void make() throws Exception {
        store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
    }

    @Test
    void parts_eachAnswer_mayLoadOwnThingsOnly() throws Exception {
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            Client client = new Client(sidecar);
            for (String path : List.of("/", "/page/page.js", "/page/names?kind=key", "/page/policy?name=none")) {
                HttpResponse<String> response = client.get(path);
                assertThat(response.headers()
                                .firstValue("content-security-policy")
                                .orElse(""))
                        .as(path)
                        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                        .contains("frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'")
                        .doesNotContain("unsafe");
                assertThat(response.headers().firstValue("x-content-type-options"))
                        .hasValue("nosniff");
                assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
                assertThat(response.headers().firstValue("access-control-allow-origin"))
                        .isEmpty();
            }
            HttpResponse<String> page = client.get("/");
            assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
            assertThat(page.body()).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        }
    }

    @Test
    void parts_nothingInlineAndNothingFromOutside() throws Exception {
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            Client client = new Client(sidecar);
            for (String path : PARTS) {
                HttpResponse<String> part = client.get(path);
                assertThat(part.statusCode()).as(path).isEqualTo(200);
                assertThat(part.body().replace("http://www.w3.org/2000/svg", ""))
                        .as(path)
                        .doesNotContain("http://", "https://", "//cdn", "@import")
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
                        .doesNotContain("new Function", "DOMParser", "createContextualFragment", "srcdoc");
            }
            assertThat(client.get("/").body())
                    .doesNotContainPattern("(?i)\\son[a-z]+\\s*=")
                    .doesNotContainPattern("(?i)<style|\\sstyle\\s*=|javascript:")
                    .doesNotContainPattern("<script(?![^>]* src=\"page/)");
        }
    }

    @Test
    void page_switchedOff_nothingOfItIsThere() throws Exception {
        try (Sidecar sidecar = Sidecar.start(store.options().page(false))) {
            Client client = new Client(sidecar);
            for (String path : PARTS) {
                // AWS's clients still post to "/".
                int absent = path.equals("/") ? 405 : 404;
                assertThat(client.get(path).statusCode()).as(path).isEqualTo(absent);
            }
            assertThat(client.get("/page/names?kind=principal").statusCode()).isEqualTo(404);
            assertThat(client.get("/page/policy?name=own").statusCode()).isEqualTo(404);
            assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void names_prefix_suggestedAndReloaded() throws Exception {
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            Client client = new Client(sidecar);
            assertThat(client.get("/page/names?kind=principal&prefix=ali").body())
                    .isEqualTo("{\"known\":true,\"names\":[\"" + TestStore.ALICE + "\"],\"more\":false}");
            assertThat(client.get("/page/names?kind=action&prefix=q%3Asend").body())
                    .contains("[\"q:SendMessage\"]");
            assertThat(client.get("/page/names?kind=action&prefix=zebra").body())
                    .contains("\"names\":[]");
            store.write("policies/own.json", TestStore.statement("Allow", "q:ListPlugins"));
            ReloadTest.await(
                    "the new policy's action",
                    () -> client.get("/page/names?kind=action").body().contains("[\"q:ListPlugins\"]"));
        }
    }

    @Test
    void names_manyPrincipals_fiftyAreTold() throws Exception {
        StringBuilder users = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            users.append(i == 0 ? "" : ",")
                    .append("\"arn:aws:iam::111122223333:user/u%04d\": {\"policies\": []}".formatted(i));
        }
        store.write("store.json", "{\"users\": {" + users + "}}");
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            Client client = new Client(sidecar);
            String all = client.get("/page/names?kind=principal&prefix=").body();
            assertThat(all).contains("user/u0049\"]", "\"more\":true").doesNotContain("user/u0050");
            assertThat(client.get("/page/names?kind=principal&prefix=u499").body())
                    .contains("user/u4990\"", "user/u4999\"]", "\"more\":false");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/names",
                "/page/names?kind=other",
                "/page/names?kind=",
                "/page/names?kind=key&kind=key",
                "/page/names?kind=key&prefix=%",
                "/page/policy?name=%zz",
            })
    void questions_malformed_400(String target) throws Exception {
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            assertThat(raw(sidecar, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n"))
                    .contains(" 400 ");
        }
    }

    @Test
    void policy_text_asLoadedWithParameters() throws Exception {
        String text = """
                {"Version": "2012-10-17",\r
                 "Statement": {"Effect": "Allow", "Action": "q:*", "Resource": "arn:aws:q:{{ region }}:*:*"}}""";
        store.write("policies/own.json", text);
        store.write("store.json", """
                {"parameters": {"region": "us-east-1", "secret": "not used here"},
                 "users": {"%s": {"policies": ["own"]}}}""".formatted(TestStore.ALICE));
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            HttpResponse<String> response = new Client(sidecar).get("/page/policy?name=own");
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(response.body())
                    .isEqualTo("{\"version\":1,\"name\":\"own\",\"text\":\""
                            + text.replace("\"", "\\\"")
                                    .replace("\r", "\\u000d")
                                    .replace("\n", "\\u000a")
                            + "\",\"parameters\":{\"region\":\"us-east-1\"}}");
            assertThat(new Client(sidecar).get("/page/policy?name=../store").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void policy_hostileNameAndText_escaped() throws Exception {
        store.write("policies/" + HOSTILE + ".json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "q:SendMessage", "Resource": "*",
                 "Condition": {"StringEquals": {"aws:UserAgent": "</script><img src=x onerror=alert(1)>"}}}}""");
        store.write("store.json", """
                {"users": {"%s": {"policies": ["%s"]}}}""".formatted(TestStore.ALICE, HOSTILE.replace("\"", "\\\"")));
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            Client client = new Client(sidecar);
            HttpResponse<String> text =
                    client.get("/page/policy?name=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8));
            assertThat(text.statusCode()).isEqualTo(200);
            assertThat(text.body()).contains("\\u003cimg src=x").doesNotContain("<", ">");
            HttpResponse<String> why = client.post("/v1/decide", """
                    {"principal": "%s", "action": "q:SendMessage", "explain": true,
                     "context": {"aws:UserAgent": "<script>alert(1)</script>"}}""".formatted(TestStore.ALICE));
            assertThat(why.body())
                    .contains("\\u003cscript\\u003e", "\\u003cimg")
                    .doesNotContain("<", ">");
            assertThat(why.headers().firstValue("content-type")).hasValue("application/json");
        }
    }

    @Test
    void image_noTextsAndNoNames_saysSo() throws Exception {
        Path image = folder.resolve("store.image");
        Engine.compile(Store.load(store.folder())).save(image);
        try (Sidecar sidecar = Sidecar.start(SidecarOptions.of(new PolicyLocation(image, PolicyLocation.Kind.IMAGE))
                .limits(TestStore.LIMITS)
                .http(List.of(SidecarOptions.loopback(0)))
                .grpc(List.of()))) {
            Client client = new Client(sidecar);
            assertThat(client.get("/").statusCode()).isEqualTo(200);
            assertThat(client.get("/page/names?kind=principal").body())
                    .isEqualTo("{\"known\":false,\"names\":[],\"more\":false}");
            HttpResponse<String> text = client.get("/page/policy?name=own");
            assertThat(text.statusCode()).isEqualTo(404);
            assertThat(text.body()).contains("an image, which holds no texts");
        }
    }

    /** A stranger's name that leads here would make his page the same origin as ours. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8181, 200",
        "[::1]:8181, 200",
        "localhost, 200",
        "Portcullis.Localhost:80, 200",
        "pdp.example.com, 200",
        "PDP.example.com:443, 200",
        "rebound.example.net:8181, 421",
        "127.0.0.1.example.net, 421",
        "localhost.example.net, 421",
        "pdp.example.com.example.net, 421",
        "'', 421",
    })
    void host_strangersName_refused(String host, int status) throws Exception {
        try (Sidecar sidecar = Sidecar.start(store.options().publicUrl("https://pdp.example.com/tenant"))) {
            for (String target : List.of("/", "/page/policy?name=own")) {
                String response = raw(sidecar, "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
                assertThat(response).as(host).startsWith("HTTP/1.1 " + status + " ");
                assertThat(response.contains("Sid")).isEqualTo(status == 200 && !target.equals("/"));
            }
        }
    }

    private static String raw(Sidecar sidecar, String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sidecar.httpPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
