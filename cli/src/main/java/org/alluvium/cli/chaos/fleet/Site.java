package org.alluvium.cli.chaos.fleet;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.alluvium.cli.supervise.JavaCommand;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.CheckpointFolder;

/**
 * A folder with all that a deployment is made of, and the command lines of its processes.
 *
 * <pre>
 * alluvium.yaml   inbox/   corpus/   run/   cluster/   broker/   logs/   clock
 * </pre>
 *
 * @param root the folder, absolute
 */
public record Site(Path root, Ports ports) {

    /** The topic that is read. */
    static final String TOPIC = "documents";

    private static final String BROKER_MAIN = "org.alluvium.broker.BrokerMain";
    private static final String HEAP = "-Xmx768m";

    /** Prepares a folder that is not there yet. */
    static Site create(Path root) {
        Site site = new Site(root.toAbsolutePath(), Ports.free());
        brokerClasses();
        try {
            for (String folder : List.of("inbox", "logs", "broker")) {
                Files.createDirectories(site.root.resolve(folder));
            }
            Files.writeString(site.configuration(), SiteText.configuration(site));
            Files.writeString(site.brokerProperties(), SiteText.broker(site));
        } catch (IOException e) {
            throw StorageException.of("prepare the deployment", site.root, e);
        }
        return site;
    }

    public Path configuration() {
        return root.resolve("alluvium.yaml");
    }

    public AlluviumConfig config() {
        return ConfigLoader.load(configuration(), List.of());
    }

    public CorpusLayout corpus() {
        return new CorpusLayout(root.resolve("corpus"));
    }

    public RunLayout run() {
        return new RunLayout(root.resolve("run"));
    }

    /** The run of the trainer that nobody disturbs. */
    public RunLayout undisturbed() {
        return new RunLayout(root.resolve("undisturbed"));
    }

    /** Steps of the run's checkpoints that are complete, in no order. */
    public LongStream checkpoints() {
        return new CheckpointFolder(run())
                .paths().stream()
                        .filter(CheckpointManifest::isIn)
                        .flatMapToLong(path -> RunLayout.stepOf(path).stream());
    }

    public Path log(String name) {
        return root.resolve("logs").resolve(name + ".console");
    }

    Path inbox() {
        return root.resolve("inbox");
    }

    /** What moves the clocks of all processes. */
    public Path clock() {
        return root.resolve("clock");
    }

    /** Where clients find the broker. */
    String brokers() {
        return "localhost:" + ports.brokerGate();
    }

    private Path brokerProperties() {
        return root.resolve("broker").resolve("broker.properties");
    }

    /** A process that ends with this one. */
    public List<String> supervised(String command, String... options) {
        List<String> all = new ArrayList<>(List.of("--config", configuration().toString()));
        all.addAll(List.of(options));
        return java().supervised(command, root.resolve("logs"), all);
    }

    /** A command that is run to its end, as a user would. */
    List<String> command(List<String> words) {
        Path own = java().home().resolve("bin/jvm/" + words.getFirst() + ".options");
        List<String> line = new ArrayList<>();
        line.add(java().javaHome().resolve("bin/java").toString());
        line.addAll(java().first());
        line.add("@" + (Files.exists(own) ? own : own.resolveSibling("light.options")));
        line.addAll(List.of(
                "-D" + JavaCommand.HOME_PROPERTY + "=" + java().home(),
                "-cp",
                java().classPath(),
                "org.alluvium.cli.Main"));
        line.addAll(words);
        line.addAll(List.of("--config", configuration().toString()));
        return line;
    }

    private JavaCommand java() {
        JavaCommand own = JavaCommand.ofThisProcess();
        return new JavaCommand(own.javaHome(), own.home(), own.classPath(), List.of(HEAP, clockOption()));
    }

    /** What has a process look at {@link #clock}. */
    String clockOption() {
        return "-D" + WallClock.OFFSET_FILE + "=" + clock();
    }

    List<String> broker() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                brokerClasses(),
                BROKER_MAIN,
                brokerProperties().toString());
    }

    /** The broker is no part of what users run, so it is only in a checkout of the sources. */
    private static String brokerClasses() {
        Path classes = JavaCommand.ofThisProcess().home().resolve("broker/target/classes");
        Path path = classes.resolve("org/alluvium/broker/class-path.txt");
        try {
            String libraries = Files.readString(path).strip();
            Stream.of(libraries.split(File.pathSeparator, -1))
                    .filter(library -> !Files.exists(Path.of(library)))
                    .findFirst()
                    .ifPresent(library -> {
                        throw noBroker(library, null);
                    });
            return classes + File.pathSeparator + libraries;
        } catch (IOException e) {
            throw noBroker(path.toString(), e);
        }
    }

    private static UnavailableException noBroker(String where, IOException cause) {
        return new UnavailableException(
                "the Kafka broker that faults are tried on has not been built here",
                where,
                "Take a checkout of the sources, and build it (./mvnw -pl broker,cli -am package -DskipTests)",
                cause);
    }
}
