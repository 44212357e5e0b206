import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks a gateway over and over, an allowed and a denied question in turn, and counts the answers.
 * Usage: java Asker.java BASE-URL SECONDS THREADS; exits with 1 when an answer was wrong or missing.
 */
public final class Asker {

    private static final Map<String, LongAdder> ANSWERS = new ConcurrentHashMap<>();

    public static void main(String[] args) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[1])).toNanos();
        Thread[] threads = new Thread[Integer.parseInt(args[2])];
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                while (System.nanoTime() < end) {
                    ask(client, args[0] + "/conversations/1/messages", 200);
                    ask(client, args[0] + "/organization/leave", 403);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(ANSWERS);
        boolean right = ANSWERS.size() == 2 && ANSWERS.containsKey("200 as expected") && ANSWERS.containsKey("403 as expected");
        System.exit(right ? 0 : 1);
    }

    private static void ask(HttpClient client, String url, int expected) {
        String answer;
        try {
            int status = client.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(20))
                                    .header("x-api-key", "alice-key")
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            answer = status + (status == expected ? " as expected" : " instead of " + expected);
        } catch (Exception e) {
            answer = e.toString();
        }
        ANSWERS.computeIfAbsent(answer, a -> new LongAdder()).increment();
    }
}
