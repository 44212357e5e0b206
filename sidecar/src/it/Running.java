import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A sidecar in a process of its own. */
record Running(Process process, int port) {

    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("a sidecar doesn't end");
        }
    }

    void limit(long files) throws Exception {
        run("prlimit", "--pid", Long.toString(process.pid()), "--nofile=" + files + ":");
    }

    void signal(String name) throws Exception {
        run("kill", "-" + name, Long.toString(process.pid()));
    }

    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IllegalStateException("no VmRSS");
    }

    /** KiB in use after a collection. */
    long heapUsed() throws Exception {
        String pid = Long.toString(process.pid());
        String bin = Path.of(System.getProperty("java.home"), "bin").toString();
        run(bin + "/jcmd", pid, "GC.run");
        String[] lines = run(bin + "/jstat", "-gc", pid).strip().split("\n");
        List<String> names = List.of(lines[0].strip().split("\\s+"));
        String[] values = lines[1].strip().split("\\s+");
        double used = 0;
        for (String name : List.of("S0U", "S1U", "OU")) {
            used += Double.parseDouble(values[names.indexOf(name)]);
        }
        return Math.round(used);
    }
}
