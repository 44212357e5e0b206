import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What happens when something breaks, a figure for each. Every fault is done to a sidecar in a process of its own, on this
 * machine's loopback interface. Usage: Faults LAUNCHER FOLDER quick|nightly [ROW…]; exits with 1 when something doesn't hold.
 */
public final class Faults {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String NEVER = question("q:DeletePlugin");
    private static final String FIRST = question("q:SendMessage");
    private static final String SECOND = question("q:ListPlugins");

    private final Path launcher;
    private final Path folder;
    private final boolean nightly;
    private final List<String> failures = new CopyOnWriteArrayList<>();

    private Faults(Path launcher, Path folder, boolean nightly) {
        this.launcher = launcher;
        this.folder = folder;
        this.nightly = nightly;
    }

    public static void main(String[] args) throws Exception {
        Faults faults = new Faults(Path.of(args[0]), Path.of(args[1]), args[2].equals("nightly"));
        List<String> rows = List.of(args).subList(3, args.length);
        for (String row : rows) {
            long began = System.nanoTime();
            try {
                switch (row) {
                    case "kill" -> faults.kill();
                    case "disk" -> faults.disk();
                    case "files" -> faults.files();
                    case "clients" -> faults.clients();
                    case "overload" -> faults.overload();
                    case "memory" -> faults.memory();
                    case "heap" -> faults.heap();
                    case "term" -> faults.term();
                    default -> throw new IllegalArgumentException("no such row: " + row);
                }
            } catch (IllegalStateException e) {
                faults.failures.add(row + ": " + e.getMessage());
            }
            System.out.printf("   (%s took %.0f s)%n", row, (System.nanoTime() - began) / 1e9);
        }
        faults.failures.forEach(failure -> System.out.println("FAIL " + failure));
        System.out.println(faults.failures.isEmpty() ? "all hold" : faults.failures.size() + " don't hold");
        System.exit(faults.failures.isEmpty() ? 0 : 1);
    }

    private void holds(String what, boolean condition) {
        if (!condition) {
            failures.add(what);
        }
    }

    private static void say(String row, String figures, Object... values) {
        System.out.println(row + ": " + String.format(figures, values));
    }

    private static String question(String action) {
        return "{\"principal\":\"" + ALICE + "\",\"action\":\"" + action + "\",\"context\":{\"aws:RequestedRegion\":\"us-east-1\"}}";
    }

    /** Killed in the middle of work, again and again, while policies are being replaced. */
    private void kill() throws Exception {
        int times = nightly ? 200 : 12;
        Path store = store("kill", "q:SendMessage");
        Random random = new Random(7);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger port = new AtomicInteger();
        AtomicLong answers = new AtomicLong();
        AtomicLong silences = new AtomicLong();
        List<String> wrong = new CopyOnWriteArrayList<>();
        Thread[] askers = new Thread[2];
        for (int i = 0; i < askers.length; i++) {
            askers[i] = new Thread(() -> {
                Wire client = client();
                for (int n = 0; !stop.get(); n++) {
                    String asked = List.of(FIRST, SECOND, NEVER).get(n % 3);
                    try {
                        String answer = decide(client, port.get(), asked);
                        answers.incrementAndGet();
                        if (answer.contains("\"ALLOW\"") && asked.equals(NEVER)) {
                            wrong.add(answer);
                        }
                    } catch (IOException | IllegalArgumentException e) {
                        silences.incrementAndGet();
                        pause(5);
                    }
                }
            });
            askers[i].start();
        }
        List<Long> starts = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            Running sidecar = start(store, "--watch-seconds", "0.05");
            starts.add((System.nanoTime() - began) / 1_000_000);
            port.set(sidecar.port());
            for (int n = 0; n < 4; n++) {
                pause(50 + random.nextInt(100));
                write(store, n % 2 == 0 ? "q:ListPlugins" : "q:SendMessage", true);
            }
            // Half of a new version is there when it dies: whoever starts next must not guess the rest.
            String half = policy("q:*");
            Files.writeString(store.resolve("policies/own.json"), half.substring(0, random.nextInt(half.length())));
            sidecar.process().destroyForcibly().waitFor();
            Process next = new ProcessBuilder(command(store)).redirectErrorStream(true).redirectOutput(folder.resolve("refused.log").toFile()).start();
            if (next.waitFor(60, TimeUnit.SECONDS) && next.exitValue() == 2) {
                refused++;
            } else {
                next.destroyForcibly();
            }
            write(store, "q:SendMessage", true);
        }
        stop.set(true);
        for (Thread asker : askers) {
            asker.join();
        }
        starts.sort(null);
        holds("kill: an allow that no version gives: " + wrong, wrong.isEmpty());
        holds("kill: half a store must not be served, " + refused + " of " + times + " refused", refused == times);
        say("kill -9 under load and reload", "%d times; %d answers, 0 wrong, %d silences; half a store refused %d times; "
                + "ready again after %d ms (median), %d ms (most)", times, answers.get(), silences.get(), refused,
                starts.get(times / 2), starts.get(times - 1));
    }

    /** The decision log's file may not grow any more: EFBIG, as ENOSPC in DecisionLogTest. */
    private void disk() throws Exception {
        Path store = store("disk", "q:SendMessage");
        Path log = folder.resolve("decisions.jsonl");
        // Blocks of 1 KiB.
        Running sidecar = launch(List.of("bash", "-c", "ulimit -f 64; exec \"$@\"", "-"), store, "--decision-log", log.toString());
        Wire client = client();
        long slowest = 0;
        int asked = 2_000;
        for (int i = 0; i < asked; i++) {
            long began = System.nanoTime();
            boolean right = decide(client, sidecar.port(), i % 2 == 0 ? FIRST : NEVER).contains(i % 2 == 0 ? "\"ALLOW\"" : "IMPLICIT_DENY");
            slowest = Math.max(slowest, System.nanoTime() - began);
            holds("disk: answer " + i, right);
        }
        until("the log", () -> metric(client, sidecar, "log_written_total") + metric(client, sidecar, "log_dropped_total") == asked);
        long dropped = metric(client, sidecar, "log_dropped_total");
        long lines = Files.readAllLines(log).stream().filter(line -> line.endsWith("}")).count();
        holds("disk: nothing was lost", dropped > 0);
        holds("disk: " + lines + " whole lines, not " + (asked - dropped), lines == asked - dropped);
        Files.move(log, folder.resolve("full.jsonl"));
        sidecar.signal("HUP");
        until("the log goes on", () -> {
            decide(client, sidecar.port(), FIRST);
            return Files.exists(log) && Files.size(log) > 0;
        });
        for (String line : Files.readAllLines(log)) {
            holds("disk: a line that is none: " + line, line.startsWith("{") && line.endsWith("}"));
        }
        sidecar.end();
        say("disk full for the decision log", "%d decisions, all right, slowest %d ms; %d lines written, %d lost and counted; goes on after rotation",
                asked, slowest / 1_000_000, lines, dropped);
    }

    /** No more files may be opened: the version in force stays; afterwards the new one is loaded. */
    private void files() throws Exception {
        Path store = store("files", "q:SendMessage");
        Running sidecar = start(store, "--watch-seconds", "0");
        Wire client = client();
        decide(client, sidecar.port(), FIRST);
        write(store, "q:ListPlugins", true);
        long limit = Files.list(Path.of("/proc/" + sidecar.process().pid() + "/fd")).count();
        long before = Long.parseLong(Running.run("prlimit", "--pid", Long.toString(sidecar.process().pid()), "--nofile", "--output=SOFT", "--noheadings", "--raw").strip());
        sidecar.limit(limit);
        sidecar.signal("HUP");
        until("the refusal", () -> get(client, sidecar, "/v1/status").contains("lastError"));
        holds("files: the old version stays", decide(client, sidecar.port(), FIRST).contains("\"ALLOW\""));
        String reason = get(client, sidecar, "/v1/status").replaceAll("(?s).*\"message\":\"([^\"]*)\".*", "$1");
        sidecar.limit(before);
        sidecar.signal("HUP");
        until("the new version", () -> decide(client, sidecar.port(), SECOND).contains("\"ALLOW\""));
        holds("files: the old version is gone", decide(client, sidecar.port(), FIRST).contains("IMPLICIT_DENY"));
        sidecar.end();
        say("no file descriptors at reload", "old version stays (%s), new one loaded once there are some", reason.replaceAll(".*: ", ""));
    }

    /** Clients that send half a request and wait, others that do nothing: what the rest notices. */
    private void clients() throws Exception {
        int many = nightly ? 10_000 : 2_000;
        Path store = store("clients", "q:SendMessage");
        Running sidecar = start(store, "--max-connections", Integer.toString(many + 100));
        Wire client = client();
        long[] before = latencies(client, sidecar, 3_000);
        long residentBefore = sidecar.resident();
        List<Socket> hanging = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), sidecar.port());
            if (i % 2 == 0) {
                socket.getOutputStream().write("POST /v1/decide HTTP/1.1\r\nhost: localhost\r\ncontent-le".getBytes(StandardCharsets.US_ASCII));
            }
            hanging.add(socket);
        }
        long[] during = latencies(client, sidecar, 3_000);
        long resident = sidecar.resident();
        int closed = 0;
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        for (int i = 0; i < many; i += 2) {
            Socket socket = hanging.get(i);
            socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
            try {
                closed += socket.getInputStream().read() < 0 ? 1 : 0;
            } catch (IOException e) {
                closed += e.getMessage().contains("reset") ? 1 : 0;
            }
        }
        for (Socket socket : hanging) {
            socket.close();
        }
        sidecar.end();
        holds("clients: half requests that were not closed: " + (many / 2 - closed), closed == many / 2);
        holds("clients: p99 " + during[1] + " us, before " + before[1], during[1] < Math.max(2 * before[1], 20_000));
        say("slow and idle clients", "%d connections, half of them with half a request, all ended after 10 s: others' p99 %d us, before %d us; "
                + "%d KiB of memory each", many, during[1], before[1], Math.max(0, resident - residentBefore) / many);
    }

    /** More work than can be done in time: batches are answered or denied as a whole, and questions beside them notice little. */
    private void overload() throws Exception {
        Path store = store("overload", "q:SendMessage");
        Running sidecar = start(store, "--shed-millis", "150");
        // As long as the default limit lets a batch be.
        String batch = "{\"requests\":[" + (FIRST + ",").repeat(999) + FIRST + "],\"explain\":true}";
        AtomicBoolean stop = new AtomicBoolean();
        List<Long> answered = new CopyOnWriteArrayList<>();
        List<Long> refused = new CopyOnWriteArrayList<>();
        List<Thread> pressing = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Thread thread = new Thread(() -> {
                Wire client = client();
                while (!stop.get()) {
                    try {
                        long began = System.nanoTime();
                        boolean whole = !isOverloaded(decide(client, sidecar.port(), batch));
                        (whole ? answered : refused).add((System.nanoTime() - began) / 1000);
                        // Who is denied doesn't come back at once.
                        pause(whole ? 0 : 100);
                    } catch (IOException e) {
                        failures.add("overload: a batch: " + e);
                        return;
                    }
                }
            });
            thread.start();
            pressing.add(thread);
        }
        Wire client = client();
        List<Long> times = new ArrayList<>();
        int shed = 0;
        long end = System.nanoTime() + Duration.ofSeconds(nightly ? 60 : 8).toNanos();
        while (System.nanoTime() < end) {
            long began = System.nanoTime();
            String answer = decide(client, sidecar.port(), FIRST);
            times.add((System.nanoTime() - began) / 1000);
            boolean decided = answer.contains("\"ALLOW\"");
            shed += decided ? 0 : 1;
            holds("overload: " + answer, decided || isOverloaded(answer));
        }
        stop.set(true);
        for (Thread thread : pressing) {
            thread.join();
        }
        until("calm again", () -> decide(client, sidecar.port(), FIRST).contains("\"ALLOW\""));
        sidecar.end();
        holds("overload: nothing was shed", !refused.isEmpty());
        holds("overload: no batch was answered", !answered.isEmpty());
        say("overload (64 clients, batches of 1,000 explained questions)",
                "%d batches answered after %s; %d denied as overloaded after %s; %d questions beside them, %d denied as overloaded, after %s; calm again afterwards",
                answered.size(), spread(answered), refused.size(), spread(refused), times.size(), shed, spread(times));
    }

    private static boolean isOverloaded(String answer) {
        return answer.startsWith("{\"decision\":\"IMPLICIT_DENY\"") && answer.contains("\"overloaded\"");
    }

    private static String spread(List<Long> micros) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? "-" : String.format("p50 %.1f ms, p99 %.1f ms, most %.1f ms", sorted[sorted.length / 2] / 1e3,
                sorted[sorted.length * 99 / 100] / 1e3, sorted[sorted.length - 1] / 1e3);
    }

    /** A heap that is too small for what is asked: it answers, or it ends. */
    private void memory() throws Exception {
        Path store = store("memory", "q:SendMessage");
        Running sidecar = launch(List.of("env", "PORTCULLIS_JAVA_OPTS=-Xmx28m -XX:+ExitOnOutOfMemoryError"), store, "--max-batch", "100000", "--max-body", "16000000");
        String batch = "{\"requests\":[" + (NEVER + ",").repeat(15_000) + NEVER + "],\"explain\":true}";
        Wire client = client();
        int answered = 0;
        long began = System.nanoTime();
        String outcome = "still answers";
        for (int i = 0; i < 20 && sidecar.process().isAlive(); i++) {
            try {
                String answer = decide(client, sidecar.port(), batch);
                holds("memory: allows", !answer.contains("\"ALLOW\""));
                answered++;
            } catch (IOException e) {
                if (sidecar.process().waitFor(20, TimeUnit.SECONDS)) {
                    outcome = "has ended, exit code " + sidecar.process().exitValue();
                } else {
                    holds("memory: neither answers nor ends: " + e, false);
                }
            }
        }
        if (sidecar.process().isAlive()) {
            holds("memory: a small question", decide(client, sidecar.port(), FIRST).contains("\"ALLOW\""));
        }
        sidecar.process().destroyForcibly().waitFor();
        say("28 MiB of heap, batches of 1.9 MB with explanations", "%d answered, none allowed wrongly; %s; %.1f s", answered, outcome, (System.nanoTime() - began) / 1e9);
    }

    /** The heap after a collection, again and again under load. */
    private void heap() throws Exception {
        int minutes = nightly ? 10 : 0;
        long seconds = nightly ? minutes * 60 : 20;
        Path store = store("heap", "q:SendMessage");
        Running sidecar = start(store, "--decision-log", folder.resolve("heap.jsonl").toString());
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong asked = new AtomicLong();
        Thread[] askers = new Thread[2];
        for (int i = 0; i < askers.length; i++) {
            askers[i] = new Thread(() -> {
                Wire client = client();
                for (int n = 0; !stop.get(); n++) {
                    try {
                        String body = n % 10 == 0 ? FIRST.substring(0, FIRST.length() - 1) + ",\"explain\":true}" : n % 2 == 0 ? FIRST : NEVER;
                        decide(client, sidecar.port(), body);
                        asked.incrementAndGet();
                    } catch (IOException e) {
                        failures.add("heap: after " + asked + ": " + e);
                        return;
                    }
                }
            });
            askers[i].start();
        }
        pause(nightly ? 20_000 : 4_000);
        List<Long> used = new ArrayList<>();
        int looks = 5;
        for (int i = 0; i < looks; i++) {
            used.add(sidecar.heapUsed());
            if (i < looks - 1) {
                pause(seconds * 1000 / (looks - 1));
            }
        }
        stop.set(true);
        for (Thread asker : askers) {
            asker.join();
        }
        sidecar.end();
        double growth = 100.0 * (used.get(looks - 1) - used.get(0)) / used.get(0);
        holds("heap: grew by " + growth + " %: " + used, growth < (nightly ? 1 : 5));
        say("heap over " + seconds + " s under load", "%d decisions; KiB after collections %s: %+.1f %%", asked.get(), used, growth);
    }

    /** Told to end under load: what was taken is answered. */
    private void term() throws Exception {
        Path store = store("term", "q:SendMessage");
        int rounds = nightly ? 20 : 3;
        long answers = 0;
        long longest = 0;
        for (int i = 0; i < rounds; i++) {
            Running sidecar = start(store);
            AtomicInteger broken = new AtomicInteger();
            AtomicLong answered = new AtomicLong();
            Thread[] askers = new Thread[4];
            for (int n = 0; n < askers.length; n++) {
                askers[n] = new Thread(() -> {
                    while (true) {
                        // A connection of its own: one that was taken is answered whole, or was never taken.
                        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sidecar.port())) {
                            socket.setSoTimeout(20_000);
                            socket.getOutputStream().write(("POST /v1/decide HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
                                    + "content-type: application/json\r\ncontent-length: " + FIRST.length() + "\r\n\r\n" + FIRST)
                                    .getBytes(StandardCharsets.US_ASCII));
                            InputStream in = socket.getInputStream();
                            String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
                            if (answer.endsWith("}")) {
                                answered.incrementAndGet();
                            } else if (!answer.isEmpty()) {
                                broken.incrementAndGet();
                            } else {
                                return;
                            }
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
                askers[n].start();
            }
            pause(500);
            long began = System.nanoTime();
            sidecar.process().destroy();
            holds("term: doesn't end", sidecar.process().waitFor(30, TimeUnit.SECONDS));
            longest = Math.max(longest, (System.nanoTime() - began) / 1_000_000);
            for (Thread asker : askers) {
                asker.join();
            }
            holds("term: half answers: " + broken, broken.get() == 0);
            answers += answered.get();
        }
        say("SIGTERM under load", "%d times; %d answers, no half one; ended after %d ms at most", rounds, answers, longest);
    }

    // Sidecars.

    private static String policy(String action) {
        return """
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "One", "Effect": "Allow", "Action": "%s", "Resource": "*"},
                  {"Sid": "Never", "Effect": "Deny", "Action": "q:DeletePlugin", "Resource": "arn:aws:q:::none"}]}"""
                .formatted(action);
    }

    private Path store(String name, String action) throws IOException {
        Path store = folder.resolve(name);
        Files.createDirectories(store.resolve("policies"));
        Files.writeString(store.resolve("store.json"), "{\"users\":{\"" + ALICE + "\":{\"policies\":[\"own\"]}}}");
        write(store, action, false);
        return store;
    }

    private static void write(Path store, String action, boolean whole) throws IOException {
        Path fresh = store.resolve(".own.new");
        Files.writeString(fresh, policy(action));
        Files.move(fresh, store.resolve("policies/own.json"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private List<String> command(Path store, String... options) {
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(), "serve", "--store", store.toString(), "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0"));
        if (!Arrays.asList(options).contains("--shed-millis")) {
            command.addAll(List.of("--shed-millis", "10000"));
        }
        command.addAll(Arrays.asList(options));
        return command;
    }

    private Running start(Path store, String... options) throws Exception {
        return launch(List.of(), store, options);
    }

    private Running launch(List<String> before, Path store, String... options) throws Exception {
        Path events = Files.createTempFile(folder, "events", ".jsonl");
        List<String> command = new ArrayList<>(before);
        command.addAll(command(store, options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(events.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            for (String line : Files.readAllLines(events)) {
                if (line.contains("\"ready\"")) {
                    return new Running(process, Integer.parseInt(line.replaceAll(".*\"http\":\"[^\"]*:(\\d+)\\]\".*", "$1")));
                }
            }
            pause(5);
        }
        throw new IllegalStateException("the sidecar doesn't start: " + Files.readString(events));
    }

    // Clients.

    private static Wire client() {
        return new Wire();
    }

    private static String decide(Wire client, int port, String body) throws IOException {
        return client.send(port, "POST /v1/decide", body);
    }

    private static String get(Wire client, Running sidecar, String path) throws IOException {
        return client.send(sidecar.port(), "GET " + path, "");
    }

    private static long metric(Wire client, Running sidecar, String name) throws IOException {
        for (String line : get(client, sidecar, "/metrics").split("\n")) {
            if (line.startsWith("portcullis_" + name + " ")) {
                return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        throw new IllegalStateException("no metric " + name);
    }

    /** Microseconds: median and 99th percentile. */
    private static long[] latencies(Wire client, Running sidecar, int count) throws IOException {
        for (int i = 0; i < count / 2; i++) {
            decide(client, sidecar.port(), FIRST);
        }
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            String answer = decide(client, sidecar.port(), FIRST);
            times[i] = (System.nanoTime() - began) / 1000;
            if (!answer.contains("\"ALLOW\"")) {
                throw new IllegalStateException(answer);
            }
        }
        Arrays.sort(times);
        return new long[] {times[count / 2], times[count * 99 / 100]};
    }

    /** Something that is asked again. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited for " + what);
            }
            pause(20);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
