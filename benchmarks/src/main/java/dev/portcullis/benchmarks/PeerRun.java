package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A peer with the policies of a view loaded, and its decisions checked.
 *
 * @param <R> its request
 */
final class PeerRun<R> {

    /** Longest time that loading may take. */
    static final int MOST_SECONDS = 60;

    /** Most memory that the process may have when all is loaded, native memory included; the heap is bounded by -Xmx4g. */
    private static final long MOST_RESIDENT_KIB = 8L << 20;

    private static final long MOST_NANOS_CHECKED = TimeUnit.SECONDS.toNanos(10);

    private record Prepared<R>(Peer.Loaded<R> loaded, R request, Decision expected) {}

    /** Says that a peer can't be had at a size. */
    static final class NotLoaded extends Exception {

        private static final long serialVersionUID = 1;

        NotLoaded(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    private final List<Prepared<R>> prepared;
    private final PeerResult result;
    private int next;

    private PeerRun(List<Prepared<R>> prepared, PeerResult result) {
        this.prepared = prepared;
        this.result = result;
    }

    /**
     * Loads and checks.
     *
     * @throws NotLoaded if that takes too long or too much memory, or fails
     */
    static <R> PeerRun<R> of(String name, Peer<R> peer, PeerView view) throws NotLoaded {
        long before = System.nanoTime();
        FutureTask<List<Prepared<R>>> loading = new FutureTask<>(() -> load(peer, view));
        Thread thread = new Thread(null, loading, "load " + name, 64L << 20);
        thread.setDaemon(true);
        thread.start();
        try {
            List<Prepared<R>> prepared = await(loading, before);
            double seconds = (System.nanoTime() - before) / 1e9;
            return checked(name, peer, view, prepared, seconds);
        } catch (ExecutionException e) {
            throw notLoaded(name, peer, view, before, e.getCause().toString(), e);
        } catch (TimeoutException e) {
            throw notLoaded(name, peer, view, before, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notLoaded(name, peer, view, before, e.toString(), e);
        }
    }

    private static NotLoaded notLoaded(
            String name, Peer<?> peer, PeerView view, long before, String reason, Throwable cause) {
        String note =
                String.format(Locale.ROOT, "not loaded, after %.1f s: %s", (System.nanoTime() - before) / 1e9, reason);
        new PeerResult(name, peer.version(), view.name(), 0, 0, note).write();
        return new NotLoaded(name + " " + view.name() + " " + note, cause);
    }

    private static <T> T await(FutureTask<T> loading, long before)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (!loading.isDone()) {
            if (System.nanoTime() - before > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
                throw new TimeoutException("takes more than " + MOST_SECONDS + " s");
            }
            if (resident() > MOST_RESIDENT_KIB) {
                throw new TimeoutException("takes more than " + (MOST_RESIDENT_KIB >> 20) + " GiB of memory");
            }
            Thread.sleep(20);
        }
        return loading.get();
    }

    /** Memory of this process in KiB, or 0 where the system doesn't say. */
    private static long resident() {
        Path status = Path.of("/proc/self/status");
        try {
            for (String line : Files.exists(status) ? Files.readAllLines(status) : List.<String>of()) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }

    private static <R> List<Prepared<R>> load(Peer<R> peer, PeerView view) throws Exception {
        PeerView said = view.said(peer::expresses);
        List<Peer.Loaded<R>> each = new ArrayList<>();
        if (view.together() || peer.findsPrincipal()) {
            Peer.Loaded<R> all = peer.load(said.owners());
            said.owners().forEach(owner -> each.add(all));
        } else {
            for (Peer.Owner owner : said.owners()) {
                each.add(peer.load(List.of(owner)));
            }
        }
        List<Prepared<R>> prepared = new ArrayList<>();
        for (int i = 0; i < said.asks().length; i++) {
            Ask ask = said.asks()[i];
            Peer.Loaded<R> loaded = each.get(ask.number());
            prepared.add(new Prepared<>(loaded, loaded.request(ask), said.decisions()[i]));
        }
        return prepared;
    }

    private static <R> PeerRun<R> checked(
            String name, Peer<R> peer, PeerView view, List<Prepared<R>> prepared, double seconds) throws NotLoaded {
        long before = System.nanoTime();
        int checked = 0;
        int mismatches = 0;
        try {
            while (checked < prepared.size() && System.nanoTime() - before < MOST_NANOS_CHECKED) {
                Prepared<R> of = prepared.get(checked++);
                Decision decision = of.loaded().decide(of.request());
                mismatches += same(peer, decision, of.expected()) ? 0 : 1;
            }
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            throw notLoaded(name, peer, view, before, "deciding: " + e, e);
        }
        String note = String.format(
                Locale.ROOT,
                "loaded in %.3f s, process then of %d MiB; %d of %d requests can be said in its language",
                seconds,
                resident() >> 10,
                prepared.size(),
                view.asks().length);
        PeerResult result = new PeerResult(name, peer.version(), view.name(), checked, mismatches, note);
        result.write();
        return new PeerRun<>(prepared, result);
    }

    private static boolean same(Peer<?> peer, Decision decision, Decision expected) {
        return peer.twoValued() ? (decision == Decision.ALLOW) == (expected == Decision.ALLOW) : decision == expected;
    }

    /** What was found while loading and checking. */
    PeerResult result() {
        return result;
    }

    /** Requests that it can express. */
    int expressible() {
        return prepared.size();
    }

    /** Decides the next request. */
    Decision next() throws Exception {
        Prepared<R> now = prepared.get(next);
        next = next + 1 == prepared.size() ? 0 : next + 1;
        return now.loaded().decide(now.request());
    }
}
