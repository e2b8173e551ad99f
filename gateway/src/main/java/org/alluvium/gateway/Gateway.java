package org.alluvium.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.access.Secret;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.GatewayConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.tls.ServedTls;
import org.alluvium.gateway.batch.BatchReader;
import org.alluvium.gateway.http.AccessToken;
import org.alluvium.gateway.http.GatewayServer;
import org.alluvium.gateway.http.ServerSettings;
import org.alluvium.gateway.kafka.KafkaTarget;
import org.alluvium.gateway.spool.Spool;
import org.alluvium.gateway.spool.SpoolSettings;
import org.alluvium.gateway.target.DocumentTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway. Thread-safe. */
public final class Gateway implements AutoCloseable {

    /** Environment variable that holds the token where no file does. */
    public static final String TOKEN_VARIABLE = "ALLUVIUM_GATEWAY_TOKEN";

    private static final int SHORTEST_TOKEN = 16;

    /** Size at which a file of the spool is published at once: what ingest reads as one split. */
    private static final long SEGMENT_BYTES = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final String TLS = "gateway.tls";

    private final DocumentTarget target;
    private final GatewayServer server;
    private final Optional<String> caution;

    private Gateway(DocumentTarget target, GatewayServer server, Optional<String> caution) {
        this.target = target;
        this.server = server;
        this.caution = caution;
    }

    /**
     * Starts a gateway.
     *
     * @param environment of the process
     * @throws AlluviumException if it cannot be: no source is named, no token for an address that others reach, the port or
     *     the spool is taken
     */
    public static Gateway start(AlluviumConfig config, Map<String, String> environment, InstantSource clock) {
        GatewayConfig gateway = config.gateway();
        SourceConfig source = source(config);
        Optional<AccessToken> token = token(gateway, environment);
        BatchReader reader = new BatchReader(source, config.ingest().maxLineBytes(), gateway.maxBodyBytes());
        DocumentTarget target = target(source, config, clock);
        boolean started = false;
        try {
            Gateway running = new Gateway(
                    target,
                    GatewayServer.start(settings(gateway, token), source.name(), reader, target),
                    caution(gateway));
            started = true;
            return running;
        } finally {
            if (!started) {
                target.close();
            }
        }
    }

    private static ServerSettings settings(GatewayConfig gateway, Optional<AccessToken> token) {
        return new ServerSettings(
                gateway.host(),
                gateway.port(),
                token,
                gateway.tls().map(files -> ServedTls.open(files, TLS, ServedTls.logged(LOG))),
                gateway.maxBodyBytes(),
                gateway.maxInFlightBytes(),
                gateway.retryAfter());
    }

    private static Optional<String> caution(GatewayConfig gateway) {
        return gateway.tls().isPresent() || isLoopback(gateway.host())
                ? Optional.empty()
                : Optional.of(ServedTls.inTheClear(TLS));
    }

    /**
     * The file that a running gateway of the configuration holds, a {@link org.alluvium.contracts.store.ProcessLock}; empty
     * where it is a topic that is pushed to, which several may do.
     */
    public static Optional<Path> lock(AlluviumConfig config) {
        return source(config).path().flatMap(Location::folder).map(Spool::lock);
    }

    private static SourceConfig source(AlluviumConfig config) {
        String name = config.gateway()
                .source()
                .orElseThrow(() -> new ConfigException(
                        "it is not said which source reads what is pushed",
                        "gateway.source",
                        "Name one of the sources there: a folder with files.after: delete, or a Kafka topic"));
        return config.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no source is called " + name));
    }

    private static DocumentTarget target(SourceConfig source, AlluviumConfig config, InstantSource clock) {
        GatewayConfig gateway = config.gateway();
        if (source.kafka().isPresent()) {
            return KafkaTarget.open(source.kafka().get(), config.ingest().maxLineBytes(), gateway.maxBacklogRecords());
        }
        Path folder = source.path().flatMap(Location::folder).orElseThrow();
        return Spool.open(
                folder, new SpoolSettings(gateway.publishAfter(), SEGMENT_BYTES, gateway.maxBacklogBytes()), clock);
    }

    private static Optional<AccessToken> token(GatewayConfig gateway, Map<String, String> environment) {
        Optional<String> secret = Secret.find(gateway.tokenFile(), "gateway.tokenFile", environment, TOKEN_VARIABLE)
                .map(Secret::value);
        secret.filter(text -> text.length() < SHORTEST_TOKEN).ifPresent(_ -> {
            throw new ConfigException(
                    "the token is shorter than " + SHORTEST_TOKEN + " characters",
                    gateway.tokenFile().map(Path::toString).orElse(TOKEN_VARIABLE),
                    "Take a longer one, such as 'openssl rand -hex 32' prints");
        });
        if (secret.isEmpty() && !isLoopback(gateway.host())) {
            throw new ConfigException(
                    "other machines can reach " + gateway.host() + ", and there is no token",
                    "gateway.host",
                    "Put a token into a file and name it with gateway.tokenFile, or into the variable " + TOKEN_VARIABLE
                            + "; or listen on 127.0.0.1");
        }
        return secret.map(AccessToken::new);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigException(
                    "no machine is called '" + host + "'", "gateway.host", "Give an address of this machine", e);
        }
    }

    /** Where it listens, as {@code https://host:port}, or {@code http} without TLS. */
    public String address() {
        return server.address();
    }

    /** What whoever starts it should know, if anything. */
    public Optional<String> caution() {
        return caution;
    }

    /** Answers what has been asked, keeps what has been sent, and ends. */
    @Override
    public void close() {
        try (target) {
            server.close();
        }
    }
}
