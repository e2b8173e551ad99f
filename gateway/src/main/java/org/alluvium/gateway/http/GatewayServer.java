package org.alluvium.gateway.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.tls.ServedTls;
import org.alluvium.gateway.batch.BatchReader;
import org.alluvium.gateway.target.DocumentTarget;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server, from its start to its orderly end. Thread-safe. */
public final class GatewayServer implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 4_096;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WITHOUT_REQUEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_BODY = Duration.ofMinutes(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final Server server;
    private final ServerConnector connector;
    private final Optional<ServedTls> tls;

    private GatewayServer(Server server, ServerConnector connector, Optional<ServedTls> tls) {
        this.server = server;
        this.connector = connector;
        this.tls = tls;
    }

    /**
     * Starts to listen.
     *
     * @param source name of the source that will read what is pushed
     * @throws UnavailableException if the address cannot be had
     */
    public static GatewayServer start(
            ServerSettings settings, String source, BatchReader reader, DocumentTarget target) {
        return start(settings, LONGEST_WITHOUT_REQUEST, source, reader, target);
    }

    /** The same with clients' time until a whole request, without its body, of the caller's choice. */
    static GatewayServer start(
            ServerSettings settings, Duration patience, String source, BatchReader reader, DocumentTarget target) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request-"));
        Server server = new Server(threads);
        ServerConnector connector = connector(server, settings);
        MemoryBudget budget = new MemoryBudget(settings.maxInFlightBytes());
        GatewayMetrics metrics = new GatewayMetrics();
        DocumentsEndpoint documents = new DocumentsEndpoint(
                source,
                reader,
                target,
                new RequestBody.Limits(settings.maxBodyBytes(), LONGEST_BODY, budget, settings.retryAfter()),
                metrics);
        Door door = new Door(settings.host(), settings.token());
        SlowClients slow = new SlowClients(
                new Endpoints(door, documents, target, budget, metrics), connector.getScheduler(), patience);
        connector.addBean(slow, false); // the server starts and ends it, as a handler
        server.setHandler(new GracefulHandler(slow));
        server.setStopTimeout(LONGEST_STOP.toMillis());
        GatewayServer gateway = new GatewayServer(server, connector, settings.tls());
        gateway.listen(settings);
        return gateway;
    }

    private static ServerConnector connector(Server server, ServerSettings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, connections(http, settings));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        return connector;
    }

    private static ConnectionFactory[] connections(HttpConfiguration http, ServerSettings settings) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        return settings.tls()
                .map(tls -> new ConnectionFactory[] {new SslConnectionFactory(limits(tls), plain.getProtocol()), plain})
                .orElseGet(() -> new ConnectionFactory[] {plain});
    }

    private static SslContextFactory.Server limits(ServedTls tls) {
        SslContextFactory.Server limits = new SslContextFactory.Server();
        limits.setSslContext(tls.context());
        limits.setIncludeProtocols(ServedTls.PROTOCOLS.toArray(String[]::new));
        limits.setRenegotiationAllowed(false);
        return limits;
    }

    /** Takes the port before anything else is started, so that nothing need be stopped where it cannot be had. */
    private void listen(ServerSettings settings) {
        try {
            connector.open();
        } catch (IOException e) {
            tls.ifPresent(ServedTls::close);
            throw new UnavailableException(
                    "the gateway cannot listen there: " + reason(e),
                    settings.host() + ":" + settings.port(),
                    "Stop what holds the port, or choose another with gateway.port",
                    e);
        }
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not start", e);
        }
    }

    private static String reason(IOException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    /** Where it listens, as {@code https://host:port}, or {@code http} without TLS. */
    public String address() {
        String host = connector.getHost();
        return (tls.isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + connector.getLocalPort();
    }

    /** Takes no new requests, answers those that are being read, and ends. */
    @Override
    public void close() {
        try {
            tls.ifPresent(ServedTls::close);
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }
}
