package org.alluvium.trainer.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.alluvium.contracts.config.MonitorConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.metrics.MetricsPage;
import org.alluvium.contracts.tls.ServedTls;
import org.alluvium.contracts.tls.WebServer;

/**
 * Answers {@code /metrics} (Prometheus), {@code /healthz} (200 while the loop is alive, else 503) and {@code /readyz} (200 once a
 * step was taken, else 503), by GET and HEAD, on virtual threads. Nothing is asked of the training thread. Thread-safe.
 */
public final class TrainMonitor implements AutoCloseable {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Optional<ServedTls> tls;
    private final Vitals vitals;

    private TrainMonitor(HttpServer server, Optional<ServedTls> tls, Vitals vitals) {
        this.server = server;
        this.tls = tls;
        this.vitals = vitals;
    }

    private record Answer(int status, String type, String text) {}

    /**
     * Starts to answer if a port is configured.
     *
     * @param notices is told what happens to the certificate, if there is one
     * @throws UnavailableException if that port is taken, or the host is none of this machine's
     * @throws org.alluvium.contracts.error.AlluviumException if the certificate or its key is no good
     */
    public static Optional<TrainMonitor> start(MonitorConfig config, Vitals vitals, ServedTls.Notices notices) {
        if (config.port() == 0) {
            return Optional.empty();
        }
        Optional<ServedTls> tls = config.tls().map(files -> ServedTls.open(files, "train.monitor.tls", notices));
        return Optional.of(start(new InetSocketAddress(config.host(), config.port()), tls, vitals));
    }

    /** The same at an address; port 0 takes any that is free. The monitor closes what gives it TLS. */
    static TrainMonitor start(InetSocketAddress address, Optional<ServedTls> tls, Vitals vitals) {
        try {
            TrainMonitor monitor = new TrainMonitor(WebServer.bind(address, tls), tls, vitals);
            monitor.server.createContext("/", monitor::handle);
            monitor.server.setExecutor(monitor.requests);
            monitor.server.start();
            return monitor;
        } catch (IOException | IllegalArgumentException e) { // the latter for a name that cannot be resolved
            tls.ifPresent(ServedTls::close);
            throw new UnavailableException(
                    "the trainer's monitor cannot listen: " + e.getMessage(),
                    address.toString(),
                    "Choose another train.monitor.port, 0 for none, or stop what has this one",
                    e);
        }
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = METHODS.contains(exchange.getRequestMethod())
                    ? to(exchange.getRequestURI().getPath())
                    : new Answer(405, PLAIN, "Only GET is answered.\n");
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            if (answer.status() == 405) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer to(String path) {
        return switch (path) {
            case "/metrics" -> new Answer(200, MetricsPage.CONTENT_TYPE, vitals.metrics());
            case "/healthz" -> verdict(vitals.illness(), "alive");
            case "/readyz" -> verdict(vitals.unreadiness(), "ready");
            default -> new Answer(404, PLAIN, "There are /metrics, /healthz and /readyz.\n");
        };
    }

    private static Answer verdict(Optional<String> problem, String well) {
        return new Answer(problem.isEmpty() ? 200 : 503, PLAIN, problem.orElse(well) + "\n");
    }

    @Override
    public void close() {
        tls.ifPresent(ServedTls::close);
        server.stop(0);
        requests.close();
    }
}
