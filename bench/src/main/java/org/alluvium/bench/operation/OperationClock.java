package org.alluvium.bench.operation;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.alluvium.trainer.backend.LinearShape;

/** Adds up times and costs of operations by their names; linear layers are told apart by their shape. Used by one thread. */
public final class OperationClock {

    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;

    private final Map<Operation, Sum> spent = new HashMap<>();

    /**
     * What is added up.
     *
     * @param out rows of a linear layer's weight, or 0
     * @param in columns of it, or 0
     */
    private record Operation(String name, int out, int in) {
        @Override
        public String toString() {
            return out == 0 ? name : name + " " + out + "x" + in;
        }
    }

    /** Times and costs of an operation; changes, so that counting leaves no garbage of its own. */
    private static final class Sum {
        private long nanos;
        private long cpuNanos;
        private long calls;
        private double flops;
        private double bytes;
        private long heapBytes;
    }

    void add(String operation, Cost cost, Spent call) {
        add(new Operation(operation, 0, 0), cost, call);
    }

    void add(String operation, LinearShape shape, Cost cost, Spent call) {
        add(new Operation(operation, shape.out(), shape.in()), cost, call);
    }

    private void add(Operation operation, Cost cost, Spent call) {
        Sum sum = spent.computeIfAbsent(operation, _ -> new Sum());
        sum.nanos += call.nanos();
        sum.cpuNanos += call.cpuNanos();
        sum.heapBytes += call.heapBytes();
        sum.calls++;
        sum.flops += cost.productFlops();
        sum.bytes += cost.bytes();
    }

    public void reset() {
        spent.clear();
    }

    /** Of operations so far. */
    public long calls() {
        return spent.values().stream().mapToLong(sum -> sum.calls).sum();
    }

    /** Of all matrix products so far. */
    double productFlops() {
        return spent.values().stream().mapToDouble(sum -> sum.flops).sum();
    }

    /**
     * Seconds that what was added would take at least: of each operation its products at the peak or its bytes at the
     * bandwidth, whichever takes longer (the roofline of Williams, Waterman and Patterson, 2009).
     */
    public double secondsAtLeast(double peakFlops, double bytesPerSecond) {
        return spent.values().stream()
                .mapToDouble(sum -> Math.max(sum.flops / peakFlops, sum.bytes / bytesPerSecond))
                .sum();
    }

    /**
     * A line an operation, the longest first: its share of the time; calls, milliseconds, GFLOP and heap of a step; and
     * its rates, by the clock and by CPU time. Then how much of the time the products alone would take at the peak.
     *
     * @param peakFlops per second, of the best product here
     */
    public void print(PrintWriter out, int steps, double peakFlops) {
        double nanos = spent.values().stream().mapToLong(sum -> sum.nanos).sum();
        double flops = productFlops();
        double bytes = spent.values().stream().mapToDouble(sum -> sum.bytes).sum();
        out.printf(
                "%-38s %6s %7s %8s %8s %8s %7s %6s %9s %7s %8s%n",
                "operation",
                "share",
                "calls",
                "ms",
                "GFLOP",
                "GFLOP/s",
                "GB/s",
                "peak",
                "GFLOP/cpu",
                "GB/cpu",
                "heap kB");
        spent.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().nanos))
                .forEach(entry -> line(out, entry.getKey(), entry.getValue(), nanos, steps, peakFlops));
        out.printf(
                "a step: %.1f ms in operations, %.1f GFLOP in products, %.2f GB; at %.0f GFLOP/s its products alone take %.1f %%"
                        + " of that time: the fraction of the GEMM bound%n",
                nanos / MEGA / steps,
                flops / GIGA / steps,
                bytes / GIGA / steps,
                peakFlops / GIGA,
                100 * flops / peakFlops / (nanos / GIGA));
        out.flush();
    }

    /** CPU time is counted in hundredths of a second, so of little of it nothing can be said. */
    private static String perCpuNano(double amount, Sum sum) {
        return sum.cpuNanos == 0 || amount == 0 ? "" : String.format(Locale.ROOT, "%.2f", amount / sum.cpuNanos);
    }

    private static void line(
            PrintWriter out, Operation operation, Sum sum, double allNanos, int steps, double peakFlops) {
        double rate = sum.flops / sum.nanos;
        out.printf(
                "%-38s %5.1f%% %7d %8.1f %8.2f %8.1f %7.1f %6s %9s %7s %8.1f%n",
                operation,
                100 * sum.nanos / allNanos,
                sum.calls / steps,
                sum.nanos / MEGA / steps,
                sum.flops / GIGA / steps,
                rate,
                sum.bytes / sum.nanos,
                sum.flops == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * rate * GIGA / peakFlops),
                perCpuNano(sum.flops, sum),
                perCpuNano(sum.bytes, sum),
                sum.heapBytes / KILO / steps);
    }
}
