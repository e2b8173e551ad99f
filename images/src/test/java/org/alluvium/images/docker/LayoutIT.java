package org.alluvium.images.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.images.docker.Containers.Running;
import org.alluvium.images.docker.Pods.Container;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The images' programs, from the files that the images would hold, with the arguments, settings, users and volumes of the
 * manifests.
 */
class LayoutIT {

    private static final Path DISTRIBUTION = Image.MODULE.resolve("target/alluvium");
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final String TOKEN = "a-token-for-this-test";
    private static final String VOLUMES_GROUP = "10001";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Layout> layouts = new ArrayList<>();
    private final Map<String, Integer> ports = freePorts("dashboard", "gateway", "monitor", "rest", "rpc", "jm", "tm");

    private Path folder;
    private Containers containers;

    @BeforeEach
    void makeVolumes() throws IOException {
        folder = Files.createTempDirectory(home(), "layout-");
        Files.setAttribute(folder, "posix:permissions", Files.getPosixFilePermissions(home()));
        containers = new Containers(folder, VOLUMES_GROUP);
    }

    /** Near the distribution, for the sake of hard links; in any case where other users get to. */
    private static Path home() {
        for (Path part = DISTRIBUTION; part != null; part = part.getParent()) {
            if (!part.toFile().exists() || !isOpen(part)) {
                return Path.of(System.getProperty("java.io.tmpdir"));
            }
        }
        return Image.MODULE.resolve("target");
    }

    private static boolean isOpen(Path part) {
        try {
            return Files.getPosixFilePermissions(part).toString().contains("OTHERS_EXECUTE");
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void removeAll() throws IOException {
        containers.close();
        layouts.forEach(Layout::close);
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void aDocumentGoesFromTheGatewayToACheckpointWhichSigtermLeaves() throws Exception {
        configure();
        Layout ingest = layout(Image.INGEST);
        Layout trainer = layout(Image.TRAINER_CPU);
        Layout dashboard = layout(Image.DASHBOARD);
        Map<Path, String> before = filesOf(ingest, trainer, dashboard);

        new FlinkImage(ingest, containers, folder).start(ports);
        Running gateway = start(dashboard, Pods.in("components/gateway/gateway.yaml"), "-XX:TieredStopAtLevel=1");
        Running dashboards = start(dashboard, Pods.in("base/dashboard.yaml"), "-XX:TieredStopAtLevel=1");
        containers.await("the gateway is ready", () -> status("gateway", "/readyz") == 200);
        assertThat(push()).isEqualTo(202);
        containers.await("the dashboard is alive", () -> status("dashboard", "/healthz") == 200);
        assertThat(status("dashboard", "/")).isEqualTo(401);
        assertThat(healthy(dashboard, "gateway")).isZero();
        assertThat(healthy(dashboard, "rpc")).isEqualTo(1);
        // Where there is no corpus yet a trainer ends, and is started again by Kubernetes.
        containers.await("there is a corpus", () -> Files.isDirectory(folder.resolve("data/corpus/log")));
        Running training = start(trainer, Pods.in("base/trainer.yaml"), "-XX:TieredStopAtLevel=1");
        containers.await("a step was taken", () -> status("monitor", "/readyz") == 200);
        assertThat(get("jm", "/metrics")).contains("flink_jobmanager_");
        assertThat(checkpoints()).isEmpty();

        assertThat(training.terminate()).as(training.said()).isIn(0, 143);
        assertThat(gateway.terminate()).as(gateway.said()).isEqualTo(143);
        assertThat(dashboards.terminate()).as(dashboards.said()).isIn(0, 143);

        assertThat(checkpoints()).as(training.said()).hasSize(1);
        assertThat(filesOf(ingest, trainer, dashboard)).isEqualTo(before);
    }

    @Test
    void whatTheImageForGpusCopiesIsInADistributionWithTheModuleForThem() throws IOException {
        try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("lib"))) {
            assumeThat(jars.map(jar -> jar.getFileName().toString()))
                    .as("built with the profile tornado")
                    .anyMatch(name -> name.startsWith("alluvium-trainer-tornado-"));
        }
        assertThat(layout(Image.TRAINER).environment()).containsKey("TORNADOVM_HOME");
    }

    @Test
    void aDistributionSubmitsTheJobThatItBrings() throws Exception {
        Path jar = DISTRIBUTION.resolve("flink/usrlib/alluvium-ingest.jar");
        AtomicLong uploaded = new AtomicLong();
        HttpServer jobManager = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jobManager.createContext("/", exchange -> {
            long read = exchange.getRequestBody().readAllBytes().length;
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/upload")) {
                uploaded.set(read);
            }
            byte[] answer = (path.endsWith("/jobs/overview")
                            ? "{\"jobs\":[]}"
                            : "{\"slots-available\":9,\"slots-total\":9}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.contains("/jars/") ? 500 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        jobManager.start();
        Path config = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [{name: texts, path: texts}]
                """);
        Running submit = containers.start(
                "submit",
                "10001:10001",
                List.of(
                        DISTRIBUTION.resolve("bin/alluvium").toString(),
                        "submit",
                        "--config=" + config,
                        "--jobmanager=http://localhost:"
                                + jobManager.getAddress().getPort()),
                Map.of("JAVA_HOME", JAVA.toString(), "HOME", folder.toString()));
        submit.process().onExit().join();
        jobManager.stop(0);

        assertThat(uploaded.get()).as(submit.said()).isGreaterThan(Files.size(jar));
        assertThat(submit.said()).contains("uploading alluvium-ingest.jar");
    }

    private Layout layout(Image image) {
        Path flink = DISTRIBUTION.resolve("flink");
        Map<String, Path> base = image == Image.INGEST
                ? Map.of(
                        "/opt/flink/lib", flink.resolve("lib"),
                        "/opt/flink/plugins/metrics-prometheus", flink.resolve("plugins/metrics-prometheus"))
                : Map.of();
        Layout layout = Layout.of(
                image, DISTRIBUTION, folder.resolve(image.title()), base, Map.of("java", JAVA, "tornadovm", JAVA));
        layouts.add(layout);
        layout.mount("/etc/alluvium", folder.resolve("etc"));
        layout.mount("/var/lib/alluvium", containers.volume(folder.resolve("data")));
        layout.mount("/var/cache/alluvium", containers.volume(folder.resolve("cache")));
        return layout.mount("/tmp", containers.volume(folder.resolve("tmp-" + image.title())));
    }

    private Map<Path, String> filesOf(Layout... all) throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        for (Layout layout : all) {
            files.putAll(layout.files());
        }
        return files;
    }

    /** The configuration of the manifests; documents come from a folder, and ports are free ones. */
    private void configure() throws IOException {
        containers.volume(folder.resolve("data"));
        containers.volume(folder.resolve("data/spool"));
        String sources = "sources: [{name: documents, path: /var/lib/alluvium/spool, files: {after: delete}}]\n";
        write("alluvium.yaml", Pods.text("base/alluvium.yaml"));
        write("kubernetes.yaml", Pods.text("base/kubernetes.yaml"));
        write("kafka.yaml", sources);
        write("gateway.yaml", Pods.text("components/gateway/settings.yaml").replace("8470", port("gateway")));
        write("place.yaml", sources + """
                ingest: {checkpointInterval: 300ms, discoveryInterval: 100ms}
                model: {preset: tiny, context: 32}
                train:
                  batch: 2
                  shuffleWindow: 8
                  threads: 1
                  monitor: {port: %s}
                  eval: {heldOutPermille: 0, everySteps: 0, sampleEverySteps: 0}
                  checkpoint: {every: 1h, permanentEverySteps: 0}
                  probes: {texts: []}
                dashboard: {port: %s}
                gateway: {publishAfter: 100ms}
                """.formatted(port("monitor"), port("dashboard")));
        write("secrets/dashboard/token", TOKEN);
        write("secrets/gateway/token", TOKEN);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("etc").resolve(name);
        Files.createDirectories(file.getParent());
        String volumes = folder.toString();
        Files.writeString(
                file,
                text.replace("/etc/alluvium", volumes + "/etc")
                        .replace("/var/lib/alluvium", volumes + "/data")
                        .replace("/var/cache/alluvium", volumes + "/cache"));
    }

    /** Starts the image's entrypoint with the arguments of a manifest, on the modules that its runtime would have. */
    private Running start(Layout layout, Container container, String... options) {
        Map<String, String> environment = layout.environment();
        String java = Stream.concat(
                        Stream.of(
                                "-Djava.io.tmpdir=" + environment.get("TMPDIR"),
                                "--limit-modules=" + modules(container)),
                        Stream.of(options))
                .collect(Collectors.joining(" "));
        environment.put("JDK_JAVA_OPTIONS", java);
        String name = container.json().path("name").asText();
        return containers.start(name, layout.user(), layout.entrypoint(container.arguments()), environment);
    }

    private static String modules(Container container) {
        Image image = container.image().equals("dashboard") ? Image.DASHBOARD : Image.TRAINER_CPU;
        return image.dockerfile()
                .all("RUN")
                .flatMap(run -> run.words().stream())
                .filter(word -> word.startsWith("--add-modules="))
                .map(word -> word.substring("--add-modules=".length()))
                .findFirst()
                .orElseThrow();
    }

    private int push() throws IOException, InterruptedException {
        String documents = IntStream.range(0, 40)
                .mapToObj(number ->
                        "{\"id\":\"d%d\",\"text\":\"Document number %d tells of the river, its %d bridges, and of what the water carries.\"}\n"
                                .formatted(number, number, number * 7))
                .collect(Collectors.joining());
        HttpRequest request = HttpRequest.newBuilder(address("gateway", "/documents"))
                .header("Content-Type", "application/x-ndjson")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(documents))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** What the image's check of itself comes to. */
    private int healthy(Layout dashboard, String port) throws InterruptedException, IOException {
        String check = dashboard.here("/opt/alluvium/bin/healthy");
        return new ProcessBuilder(check, port(port)).start().waitFor();
    }

    private List<String> checkpoints() throws IOException {
        Path checkpoints = folder.resolve("data/run/checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(checkpoints)) {
            return found.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("step-"))
                    .toList();
        }
    }

    private int status(String port, String path) {
        try {
            return client.send(
                            HttpRequest.newBuilder(address(port, path)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String get(String port, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address(port, path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private URI address(String port, String path) {
        return URI.create("http://localhost:" + port(port) + path);
    }

    private String port(String name) {
        return ports.get(name).toString();
    }

    private static Map<String, Integer> freePorts(String... names) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (String name : names) {
                held.add(new ServerSocket(0));
                ports.put(name, held.getLast().getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
