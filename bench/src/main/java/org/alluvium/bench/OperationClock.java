package org.alluvium.bench;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.LinearShape;

/** Adds up the time spent in every operation of a backend that finishes each before it returns, as the CPU's does. */
final class OperationClock {

    private final Map<String, Spent> spent = new TreeMap<>();

    private record Spent(long nanos, long calls, double flops) {
        Spent plus(Spent other) {
            return new Spent(nanos + other.nanos, calls + other.calls, flops + other.flops);
        }
    }

    /** The same backend, timed. */
    Backend timing(Backend backend) {
        Class<?>[] interfaces = {Backend.class};
        return (Backend) Proxy.newProxyInstance(getClass().getClassLoader(), interfaces, (proxy, method, arguments) -> {
            long start = System.nanoTime();
            try {
                return method.invoke(backend, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                Object[] known = arguments == null ? new Object[0] : arguments;
                record(method.getName(), known, System.nanoTime() - start);
            }
        });
    }

    /** Linear layers are told apart by their shape. */
    private void record(String operation, Object[] arguments, long nanos) {
        LinearShape linear = Stream.of(arguments)
                .filter(LinearShape.class::isInstance)
                .map(LinearShape.class::cast)
                .findFirst()
                .orElse(new LinearShape(0, 0, 0));
        String name = linear.rows() == 0 ? operation : "%s %dx%d".formatted(operation, linear.out(), linear.in());
        spent.merge(name, new Spent(nanos, 1, linear.flops()), Spent::plus);
    }

    void reset() {
        spent.clear();
    }

    void print(PrintWriter out) {
        long total = spent.values().stream().mapToLong(Spent::nanos).sum();
        String table = spent.entrySet().stream()
                .sorted((a, b) ->
                        Long.compare(b.getValue().nanos(), a.getValue().nanos()))
                .map(entry -> line(entry.getKey(), entry.getValue(), total))
                .collect(Collectors.joining());
        out.printf("%-36s %6s %8s %9s%n%s", "operation", "share", "calls", "GFLOP/s", table);
        out.flush();
    }

    private static String line(String name, Spent spent, long total) {
        String rate = spent.flops() == 0 ? "" : "%.0f".formatted(spent.flops() / spent.nanos());
        return "%-36s %5.1f%% %8d %9s%n".formatted(name, 100.0 * spent.nanos() / total, spent.calls(), rate);
    }
}
