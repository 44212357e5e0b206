package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * A peer with the policies of a view loaded, and its decisions checked.
 *
 * @param <R> its request
 */
final class PeerRun<R> {

    /** Most processor time that loading may take: the machine may be busy with other things. */
    static final int MOST_SECONDS = Integer.getInteger("portcullis.peers.seconds", 60);

    /**
     * How much of the heap may be left over from collecting it, in percent: beyond, all time goes to collecting it, minutes until
     * there is an error.
     */
    private static final int MOST_PERCENT_OF_HEAP = 90;

    /** Most memory of the process besides its heap. */
    private static final long MOST_GIB_BESIDES = 4;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final long MOST_NANOS_CHECKED = TimeUnit.SECONDS.toNanos(10);

    private record Prepared<R>(Peer.Loaded<R> loaded, R request, Decision expected) {}

    private record Loading<R>(List<Prepared<R>> prepared, double seconds) {}

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
        // Stays if the system or native code ends this process.
        write(name, peer, view, "not loaded: its process ended");
        FutureTask<Loading<R>> loading = new FutureTask<>(() -> {
            List<Prepared<R>> prepared = load(peer, view);
            return new Loading<>(prepared, THREADS.getCurrentThreadCpuTime() / 1e9);
        });
        Thread thread = new Thread(null, loading, "load " + name, 64L << 20);
        thread.setDaemon(true);
        thread.start();
        try {
            return checked(name, peer, view, await(loading, thread));
        } catch (ExecutionException e) {
            String heap = e.getCause() instanceof OutOfMemoryError ? " of " + heapGib() + " GiB" : "";
            throw notLoaded(name, peer, view, e.getCause() + heap, e);
        } catch (TimeoutException e) {
            throw notLoaded(name, peer, view, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notLoaded(name, peer, view, e.toString(), e);
        }
    }

    private static NotLoaded notLoaded(String name, Peer<?> peer, PeerView view, String reason, Throwable cause) {
        String note = "not loaded: " + reason;
        write(name, peer, view, note);
        return new NotLoaded(name + " " + view.name() + " " + note, cause);
    }

    private static void write(String name, Peer<?> peer, PeerView view, String note) {
        new PeerResult(name, peer.version(), view.name(), 0, 0, note).write();
    }

    /** The most that the heap may be; some collectors don't count all of it. */
    private static long heapGib() {
        return ((Runtime.getRuntime().maxMemory() - 1) >> 30) + 1;
    }

    private static <T> T await(FutureTask<T> loading, Thread thread)
            throws InterruptedException, ExecutionException, TimeoutException {
        long mostGib = heapGib() + MOST_GIB_BESIDES;
        while (!loading.isDone()) {
            if (THREADS.getThreadCpuTime(thread.getId()) > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
                throw new TimeoutException("takes more than " + MOST_SECONDS + " s of processor time");
            }
            if (percentOfHeap() > MOST_PERCENT_OF_HEAP) {
                throw new TimeoutException(
                        "takes more than " + MOST_PERCENT_OF_HEAP + " % of a heap of " + heapGib() + " GiB");
            }
            if (resident() > mostGib << 20) {
                throw new TimeoutException("takes more than " + mostGib + " GiB of memory");
            }
            Thread.sleep(20);
        }
        return loading.get();
    }

    /** How much of the heap the last collection of each of its parts left. */
    private static long percentOfHeap() {
        long used = 0;
        long most = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage left = pool.getCollectionUsage();
            if (pool.getType() == MemoryType.HEAP && left != null) {
                used += left.getUsed();
                most += Math.max(0, left.getMax());
            }
        }
        return most == 0 ? 0 : used * 100 / most;
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
        IntFunction<Peer.Loaded<R>> each;
        if (view.together() || peer.findsPrincipal()) {
            Peer.Loaded<R> all = peer.load(said.owners());
            each = number -> all;
        } else {
            List<Peer.Loaded<R>> loaded = new ArrayList<>();
            for (Peer.Owner owner : said.owners()) {
                loaded.add(peer.load(List.of(owner)));
            }
            each = loaded::get;
        }
        List<Prepared<R>> prepared = new ArrayList<>();
        for (int i = 0; i < said.asks().length; i++) {
            Ask ask = said.asks()[i];
            Peer.Loaded<R> loaded = each.apply(ask.number());
            prepared.add(new Prepared<>(loaded, loaded.request(ask), said.decisions()[i]));
        }
        return prepared;
    }

    private static <R> PeerRun<R> checked(String name, Peer<R> peer, PeerView view, Loading<R> loading)
            throws NotLoaded {
        List<Prepared<R>> prepared = loading.prepared();
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
            throw notLoaded(name, peer, view, "deciding: " + e, e);
        }
        String note = String.format(
                Locale.ROOT,
                "loaded in %.3f s of processor time, process then of %d MiB; %d of %d requests can be said in its language",
                loading.seconds(),
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
