package dev.portcullis.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where and when something was measured, as texts. */
final class Environment {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "unknown";

    private Environment() {}

    /** Of this process, now. */
    static Map<String, Object> now(String command) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("command", command);
        all.put("date", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
        all.put("commit", commit());
        all.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        all.put("feature", Integer.toString(Runtime.version().feature()));
        all.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        all.put("processor", processor());
        all.put("processors", system.getAvailableProcessors());
        all.put("memoryBytes", system.getTotalMemorySize());
        all.put("loadBefore", load());
        return all;
    }

    /** How many processes wanted to run in the last minute; negative where the system doesn't say. */
    static double load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return Math.round(load * 100) / 100.0;
    }

    private static String processor() {
        try {
            for (String line : Files.exists(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.<String>of()) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            return UNKNOWN;
        }
        return UNKNOWN;
    }

    private static String commit() {
        String commit = output("git", "rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return UNKNOWN;
        }
        return output("git", "status", "--porcelain", "--untracked-files=no").isEmpty() ? commit : commit + ", changed";
    }

    /** What a command prints; nothing if it isn't there or fails. */
    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
