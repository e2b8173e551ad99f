package org.alluvium.bench.dashboard;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.alluvium.bench.soak.Flatness;
import org.alluvium.bench.soak.Flatness.Measure;
import org.alluvium.bench.soak.ProcessProbe;
import org.alluvium.bench.soak.ProcessProbe.Reading;
import org.alluvium.contracts.layout.RunLayout;

/**
 * Many watch one run for long: {@link Listener}s at a dashboard in a process of its own, while steps are added. It fails if one
 * of them misses a step, or if heap, threads or handles of the dashboard grow.
 *
 * <p>Run it with {@code bench/run.sh dashboard.WatchingSoak FOLDER [MINUTES [CLIENTS [EVENTS_A_SECOND]]]} from the checkout; the
 * folder must not be there.
 */
public final class WatchingSoak {

    private static final int BURSTS_A_SECOND = 10;
    private static final int SAMPLE_SECONDS = 20;
    private static final double MIB = 1 << 20;

    /** What the figures of a step take: 12 columns with their pyramids, and its place on three axes. */
    private static final double STEP_BYTES = 12 * 8 * 17 / 15.0 + 3 * 8;

    private final RunLayout run;
    private final Tally tally = new Tally();
    private final int eventsABurst;
    private final PrintWriter out;

    private WatchingSoak(Path folder, int eventsASecond, PrintWriter out) {
        this.run = new RunLayout(folder).create();
        this.eventsABurst = Math.max(1, eventsASecond / BURSTS_A_SECOND);
        this.out = out;
    }

    /** A look at the process, at a minute, after so many steps. */
    private record Sample(double minute, long steps, long liveBytes, Reading reading) {

        /** Without the figures, which are to grow. */
        double lessFiguresMiB() {
            return (liveBytes - steps * STEP_BYTES) / MIB;
        }
    }

    /** Prints samples as they are taken, then what was heard and what grew. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("usage: WatchingSoak FOLDER [MINUTES [CLIENTS [EVENTS_A_SECOND]]]");
        }
        int minutes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int clients = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 50;
        int events = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 100;
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(
                new WatchingSoak(Path.of(arguments[0]).toAbsolutePath(), events, out).run(minutes, clients) ? 0 : 1);
    }

    private boolean run(int minutes, int clients) throws Exception {
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try (DashboardProcess dashboard =
                        DashboardProcess.start(run.root(), run.root().resolve("logs"));
                ExecutorService listening = Executors.newVirtualThreadPerTaskExecutor()) {
            dashboard.awaitReady();
            List<Future<Listener.Heard>> listeners = listen(listening, dashboard.address(), tally, clients);
            Future<?> writing = writer.scheduleAtFixedRate(
                    this::write, 0, TimeUnit.SECONDS.toMillis(1) / BURSTS_A_SECOND, TimeUnit.MILLISECONDS);
            List<Sample> samples = sample(dashboard.pid(), minutes);
            writing.cancel(false);
            writer.shutdown();
            writer.awaitTermination(1, TimeUnit.MINUTES);
            tally.endAt(tally.written() + eventsABurst);
            write();
            out.println(clients + " clients, " + tally.written() + " events: " + heard(listeners));
            out.printf("CPU of the dashboard: %.1f s%n", dashboard.cpuSeconds());
            return report(samples);
        } finally {
            writer.shutdownNow();
        }
    }

    /** Begins to listen; those that sleep differ from each other. */
    static List<Future<Listener.Heard>> listen(ExecutorService executor, URI address, Tally tally, int clients) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .build();
        List<Future<Listener.Heard>> listeners = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Listener.Habit habit = new Listener.Habit(3 + i % 17, 20 * (i % 11));
            listeners.add(executor.submit(new Listener(client, address, tally, habit)));
        }
        return listeners;
    }

    /** What all of them heard, once they have ended. */
    static Listener.Heard heard(List<Future<Listener.Heard>> listeners)
            throws InterruptedException, ExecutionException {
        Listener.Heard all = new Listener.Heard(0, 0, 0);
        for (Future<Listener.Heard> listener : listeners) {
            all = all.and(listener.get());
        }
        return all;
    }

    private void write() {
        try {
            long from = tally.written() + 1;
            SyntheticSteps.append(run, from, from + eventsABurst - 1);
            tally.wrote(from + eventsABurst - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Sample> sample(long pid, int minutes) throws IOException, InterruptedException {
        out.println("minute   steps  live MiB  less figures  resident MiB  handles  threads");
        ProcessProbe probe = ProcessProbe.ofThisJdk();
        List<Sample> samples = new ArrayList<>();
        for (int i = 1; i * SAMPLE_SECONDS <= minutes * 60; i++) {
            TimeUnit.SECONDS.sleep(SAMPLE_SECONDS); // the time that is measured
            Reading reading = probe.look(pid).orElseThrow(() -> new IllegalStateException("the dashboard is gone"));
            Sample sample = new Sample(i * SAMPLE_SECONDS / 60.0, tally.heard(), probe.liveBytes(pid), reading);
            samples.add(sample);
            out.printf(
                    "%6.1f %7d %9.2f %13.2f %13.1f %8d %8d%n",
                    sample.minute(),
                    sample.steps(),
                    sample.liveBytes() / MIB,
                    sample.lessFiguresMiB(),
                    reading.residentBytes() / MIB,
                    reading.fileHandles(),
                    reading.threads());
        }
        return samples;
    }

    private boolean report(List<Sample> samples) {
        List<Flatness.Trend> trends = new Flatness<>(
                        Sample::minute,
                        List.of(
                                Measure.level(
                                        "live heap less figures, MiB",
                                        1,
                                        each -> OptionalDouble.of(each.lessFiguresMiB())),
                                Measure.level(
                                        "handles",
                                        8,
                                        each -> OptionalDouble.of(
                                                (double) each.reading().fileHandles())),
                                Measure.level(
                                        "threads",
                                        4,
                                        each -> OptionalDouble.of(
                                                (double) each.reading().threads()))))
                .trends(samples);
        Flatness.table(trends).forEach(out::println);
        return trends.stream().allMatch(Flatness.Trend::flat);
    }
}
