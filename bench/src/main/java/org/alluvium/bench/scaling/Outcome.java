package org.alluvium.bench.scaling;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What came of a trial.
 *
 * @param parameters of the model
 * @param tokensPerSecond median over the last half of the steps
 * @param mfu of the same steps, against the best product measured at the start of the process
 * @param plannedBytes for the whole process
 * @param peakBytes the most that was resident, as Linux counts it
 */
record Outcome(long parameters, double tokensPerSecond, double mfu, long plannedBytes, long peakBytes) {

    private static final long KIB = 1024;
    private static final double MIB = 1 << 20;
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    /**
     * Reads what a process has left.
     *
     * @param events of the run
     * @param status of the process, {@code /proc/self/status}
     */
    static Outcome read(String events, String status) {
        List<Double> speeds = numbers(field("tokensPerSecond"), events);
        List<Double> shares = numbers(field("mfu"), events);
        return new Outcome(
                first(field("parameters"), events),
                laterMedian(speeds),
                laterMedian(shares),
                first(field("memoryBytes"), events),
                first(PEAK, status) * KIB);
    }

    private static Pattern field(String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*([0-9.Ee+-]+)");
    }

    private static List<Double> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
    }

    private static long first(Pattern pattern, String text) {
        MatchResult found = pattern.matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing says " + pattern));
        return Long.parseLong(found.group(1));
    }

    private static double laterMedian(List<Double> values) {
        double[] later = IntStream.range(values.size() / 2, values.size())
                .mapToDouble(values::get)
                .sorted()
                .toArray();
        return later[later.length / 2];
    }

    /** The line that {@link #parse} reads. */
    String line() {
        return "%d %s %s %d %d".formatted(parameters, tokensPerSecond, mfu, plannedBytes, peakBytes);
    }

    static Outcome parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Outcome(
                Long.parseLong(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }

    /** How far the peak lies above the plan, as a share of the plan. */
    double difference() {
        return (double) peakBytes / plannedBytes - 1;
    }

    /** The head of a table of {@link #row}s. */
    static String head() {
        return "| trial | parameters | tokens/s | MFU | plan, MiB | peak, MiB | peak is |%n|---|---|---|---|---|---|---|%n"
                .formatted();
    }

    String row(String trial) {
        return "| %s | %,d | %,.0f | %.0f %% | %,.0f | %,.0f | %+.1f %% |%n"
                .formatted(
                        trial,
                        parameters,
                        tokensPerSecond,
                        100 * mfu,
                        plannedBytes / MIB,
                        peakBytes / MIB,
                        100 * difference());
    }
}
