package org.alluvium.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Kafka node, broker and controller, that keeps all its data, however old, in a folder. It may be killed as a power failure would, and
 * started again on the same data and port. For one thread.
 */
public final class Broker implements AutoCloseable {

    private static final String HEAP = "-Xmx384m";
    private static final int START_ATTEMPTS = 5;

    private final Path folder;
    private final Ports ports;
    private final Optional<BrokerSecurity> security;
    private Process process; // the last one started

    private Broker(Path folder, Ports ports, Optional<BrokerSecurity> security) {
        this.folder = folder;
        this.ports = ports;
        this.security = security;
    }

    /**
     * Starts a broker with an empty folder, which is created.
     *
     * @return once it serves
     */
    public static Broker start(Path folder) {
        return start(folder, Optional.empty());
    }

    /** As {@link #start(Path)}, a broker that talks to nobody but as the security says. */
    public static Broker startSecure(Path folder, BrokerSecurity security) {
        return start(folder, Optional.of(security));
    }

    private static Broker start(Path folder, Optional<BrokerSecurity> security) {
        for (int attempt = 1; ; attempt++) {
            Broker broker = new Broker(folder, Ports.free(), security);
            broker.writeProperties();
            if (broker.launch()) {
                return broker;
            }
            // Between the look for free ports and the start another process may have taken one.
            if (attempt == START_ATTEMPTS) {
                throw new IllegalStateException("the broker does not start, see " + broker.log());
            }
        }
    }

    /** Where clients find it: host and port. */
    public String address() {
        return "localhost:" + ports.client();
    }

    /** Properties of a client that is let in: the address, and what else it takes. */
    public Map<String, Object> client() {
        Map<String, Object> properties = new HashMap<>();
        security.map(BrokerSecurity::clientProperties).ifPresent(properties::putAll);
        properties.put("bootstrap.servers", address());
        return properties;
    }

    /** What it writes to its standard error. */
    public Path log() {
        return folder.resolve("broker.log");
    }

    /** Its process, to be measured. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends it as {@code kill -9} does; returns once it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Starts it again after {@link #kill()}, where it was and with the data it had; returns once it serves. */
    public void restart() {
        if (!launch()) {
            throw new IllegalStateException("the broker does not start again, see " + log());
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** True once it serves, false if it has ended instead. */
    @SuppressWarnings("resource") // the stream ends with the process, and closing it earlier would end the process
    private boolean launch() {
        try {
            process = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String line = output.readLine();
            while (line != null && !line.equals(BrokerMain.READY)) {
                line = output.readLine();
            }
            if (line == null) {
                awaitExit();
            }
            return line != null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a broker in " + folder, e);
        }
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath(),
                BrokerMain.class.getName(),
                properties().toString());
    }

    /** What the build has found the broker to need, and this module. */
    private static String classPath() {
        Path own = Path.of(
                Broker.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        try (InputStream in = Broker.class.getResourceAsStream("class-path.txt")) {
            return own + System.getProperty("path.separator") + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("class-path.txt is missing from the build", e);
        }
    }

    private void awaitExit() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a broker ends", e);
        }
    }

    private Path properties() {
        return folder.resolve("broker.properties");
    }

    private void writeProperties() {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    properties(),
                    """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@localhost:%2$d
                    listeners=CLIENT://localhost:%1$d,CONTROLLER://localhost:%2$d
                    listener.security.protocol.map=CLIENT:%4$s,CONTROLLER:PLAINTEXT
                    inter.broker.listener.name=CLIENT
                    controller.listener.names=CONTROLLER
                    log.dirs=%3$s
                    num.partitions=1
                    auto.create.topics.enable=false
                    offsets.topic.num.partitions=1
                    offsets.topic.replication.factor=1
                    transaction.state.log.num.partitions=1
                    transaction.state.log.replication.factor=1
                    transaction.state.log.min.isr=1
                    group.initial.rebalance.delay.ms=0
                    num.network.threads=2
                    num.io.threads=2
                    log.cleaner.dedupe.buffer.size=4194304
                    log.retention.ms=-1
                    """.formatted(
                                            ports.client(),
                                            ports.controller(),
                                            folder.resolve("data"),
                                            security.isPresent() ? "SASL_SSL" : "PLAINTEXT")
                            + security.map(BrokerSecurity::brokerProperties).orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + properties(), e);
        }
    }
}
