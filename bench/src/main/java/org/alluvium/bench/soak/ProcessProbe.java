package org.alluvium.bench.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Java process takes, measured from outside: by {@code jcmd} and, on Linux, {@code /proc}.
 *
 * @param jcmd the JDK's tool
 */
public record ProcessProbe(Path jcmd) {

    /** The parts of the heap; their names differ by collector. The serial and the parallel one have two. */
    private static final Pattern USED = Pattern.compile("\\btotal .*\\bused (\\d+)K");

    private static final Pattern LIVE = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern FILLER = Pattern.compile("(\\d+)\\s+\\S*jdk\\.internal\\.vm\\.Filler");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final long KIB = 1024;

    /**
     * One look at a process.
     *
     * @param heapBytes in use right after a full collection
     * @param residentBytes memory of all kinds that it holds
     * @param fileHandles open files, sockets included
     */
    public record Reading(long heapBytes, long residentBytes, long fileHandles, long threads) {}

    public static ProcessProbe ofThisJdk() {
        return new ProcessProbe(Path.of(System.getProperty("java.home"), "bin", "jcmd"));
    }

    /** Looks at a process; empty if it is gone, or goes meanwhile. */
    public Optional<Reading> look(long pid) throws InterruptedException {
        try {
            ask(pid, "GC.run");
            long heap = heapUsed(ask(pid, "GC.heap_info"));
            Path process = Path.of("/proc", Long.toString(pid));
            String status = Files.readString(process.resolve("status"));
            try (Stream<Path> handles = Files.list(process.resolve("fd"))) {
                return heap == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Reading(heap, sum(RESIDENT, status) * KIB, handles.count(), sum(THREADS, status)));
            }
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Bytes of everything that is reachable in another process; in this one the question would wait for its own answer. */
    public long liveBytes(long pid) throws IOException, InterruptedException {
        return live(ask(pid, "GC.class_histogram"));
    }

    /** Bytes of all objects, without what the collector fills gaps with, from what {@code jcmd GC.class_histogram} prints. */
    static long live(String histogram) {
        return sum(LIVE, histogram) - sum(FILLER, histogram);
    }

    /** Bytes in use, from what {@code jcmd GC.heap_info} prints of the serial, the parallel or the G1 collector; else 0. */
    static long heapUsed(String info) {
        return sum(USED, info) * KIB;
    }

    private String ask(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer;
    }

    private static long sum(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }
}
