package org.alluvium.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.alluvium.cli.supervise.JavaCommand;

/**
 * The gateway as its clients find it: the real command in a process of its own with a spool on a real disk, and clients that
 * send one request after another. Latency is from sending to the answer, so it includes the fsync. After each load the spool
 * must hold as many whole lines as were acknowledged, and one for each id.
 *
 * <p>Run it with {@code bench/run.sh GatewayBenchmark FOLDER [SECONDS]} from the checkout; the folder is created and must be
 * on the disk that is to be measured.
 */
public final class GatewayBenchmark {

    private static final String LISTENING = "taking documents at ";
    private static final int WARM_UP_SECONDS = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /** About 690 bytes of JSON a document. */
    private static final int WORDS = 100;

    /** So many clients at once, each with so many documents a request. */
    private record Load(int clients, int documents) {}

    private static final List<Load> LOADS =
            List.of(new Load(1, 1), new Load(8, 1), new Load(64, 1), new Load(8, 100), new Load(32, 100));

    private final Path folder;
    private final int seconds;
    private final PrintWriter out;

    private GatewayBenchmark(Path folder, int seconds, PrintWriter out) {
        this.folder = folder;
        this.seconds = seconds;
        this.out = out;
    }

    /** Prints one line a load. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("usage: GatewayBenchmark FOLDER [SECONDS]");
        }
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        new GatewayBenchmark(Path.of(arguments[0]).toAbsolutePath(), seconds, out).run();
    }

    private void run() throws IOException, InterruptedException {
        out.println(
                "clients  documents/request  requests/s  documents/s  p50 ms  p99 ms  documents/s per CPU-second of the gateway");
        for (Load load : LOADS) {
            measure(load);
        }
    }

    private void measure(Load load) throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve(load.clients() + "x" + load.documents()));
        Process gateway = start(place);
        try (BufferedReader console = gateway.inputReader(StandardCharsets.UTF_8)) {
            URI address = URI.create(console.readLine().substring(LISTENING.length()));
            long warm = push(address, load, "w", WARM_UP_SECONDS).documents();
            Duration before = cpu(gateway);
            Pushed pushed = push(address, load, "m", seconds);
            double cpuSeconds = cpu(gateway).minus(before).toNanos() / NANOS_PER_SECOND;
            report(load, pushed, cpuSeconds);
            gateway.destroy();
            gateway.waitFor();
            check(place.resolve("spool"), warm + pushed.documents());
        } finally {
            gateway.destroyForcibly();
        }
    }

    private static Duration cpu(Process process) {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    private static Process start(Path place) throws IOException {
        Path config = Files.writeString(place.resolve("alluvium.yaml"), """
                sources: [{ name: pushed, path: spool, files: { after: delete } }]
                gateway: { source: pushed, port: 0, maxBacklogBytes: 64Gi }
                """);
        JavaCommand java = new JavaCommand(
                Path.of(System.getProperty("java.home")),
                Path.of("").toAbsolutePath(),
                System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        java.supervised("gateway", place.resolve("logs"), List.of("--config", config.toString())))
                .redirectError(place.resolve("gateway.console").toFile())
                .start();
    }

    /** What all clients did. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    private record Pushed(long documents, long[] sortedNanos, double seconds) {

        double millis(double quantile) {
            return sortedNanos[(int) (quantile * (sortedNanos.length - 1))] / NANOS_PER_MILLI;
        }
    }

    private static Pushed push(URI address, Load load, String phase, int seconds) throws InterruptedException {
        List<List<Long>> nanos = new ArrayList<>();
        List<Thread> clients = new ArrayList<>();
        AtomicLong documents = new AtomicLong();
        long start = System.nanoTime();
        long end = start + (long) (seconds * NANOS_PER_SECOND);
        for (int i = 0; i < load.clients(); i++) {
            List<Long> own = new ArrayList<>();
            nanos.add(own);
            String name = phase + i;
            clients.add(Thread.ofPlatform().start(() -> documents.addAndGet(client(address, load, name, end, own))));
        }
        for (Thread client : clients) {
            client.join();
        }
        double took = (System.nanoTime() - start) / NANOS_PER_SECOND;
        long[] sorted = nanos.stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return new Pushed(documents.get(), sorted, took);
    }

    private static long client(URI address, Load load, String name, long endNanos, List<Long> nanos) {
        String words = words(name.hashCode());
        long documents = 0;
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (System.nanoTime() < endNanos) {
                StringBuilder body = new StringBuilder();
                for (int i = 0; i < load.documents(); i++) {
                    String id = name + "-" + (documents + i);
                    body.append("{\"id\":\"")
                            .append(id)
                            .append("\",\"text\":\"")
                            .append(words)
                            .append(id)
                            .append("\"}\n");
                }
                HttpRequest request = HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
                long start = System.nanoTime();
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                nanos.add(System.nanoTime() - start);
                if (response.statusCode() != 202) {
                    throw new IllegalStateException(response.statusCode() + " " + response.body());
                }
                documents += load.documents();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return documents;
    }

    private static String words(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            words.append(Long.toString(random.nextLong(1L << 28), Character.MAX_RADIX))
                    .append(' ');
        }
        return words.toString();
    }

    private void report(Load load, Pushed pushed, double cpuSeconds) {
        out.printf(
                "%7d  %17d  %10.0f  %11.0f  %6.1f  %6.1f  %.0f%n",
                load.clients(),
                load.documents(),
                pushed.sortedNanos().length / pushed.seconds(),
                pushed.documents() / pushed.seconds(),
                pushed.millis(0.5),
                pushed.millis(0.99),
                pushed.documents() / cpuSeconds);
    }

    private static void check(Path spool, long acknowledged) throws IOException {
        long lines = 0;
        Set<String> ids = new HashSet<>();
        try (Stream<Path> files = Files.list(spool)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                try (BufferedReader reader = Files.newBufferedReader(file)) {
                    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                        lines++;
                        ids.add(line.substring(line.indexOf(':') + 2, line.indexOf(',') - 1));
                    }
                }
            }
        }
        if (lines != acknowledged || ids.size() != acknowledged) {
            throw new IllegalStateException(acknowledged + " documents were acknowledged, the spool has " + lines
                    + " lines with " + ids.size() + " ids");
        }
    }
}
