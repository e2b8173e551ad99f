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

/**
 * Answers {@code /metrics} (Prometheus), {@code /healthz} (200 while the loop is alive, else 503) and {@code /readyz} (200 once a
 * step was taken, else 503), by GET and HEAD, on virtual threads. Nothing is asked of the training thread. Thread-safe.
 */
public final class TrainMonitor implements AutoCloseable {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Vitals vitals;

    private TrainMonitor(HttpServer server, Vitals vitals) {
        this.server = server;
        this.vitals = vitals;
    }

    private record Answer(int status, String type, String text) {}

    /**
     * Starts to answer if a port is configured.
     *
     * @throws UnavailableException if that port is taken, or the host is none of this machine's
     */
    public static Optional<TrainMonitor> start(MonitorConfig config, Vitals vitals) {
        return config.port() == 0
                ? Optional.empty()
                : Optional.of(start(new InetSocketAddress(config.host(), config.port()), vitals));
    }

    /** The same at an address; port 0 takes any that is free. */
    static TrainMonitor start(InetSocketAddress address, Vitals vitals) {
        try {
            TrainMonitor monitor = new TrainMonitor(HttpServer.create(address, 0), vitals);
            monitor.server.createContext("/", monitor::handle);
            monitor.server.setExecutor(monitor.requests);
            monitor.server.start();
            return monitor;
        } catch (IOException | IllegalArgumentException e) { // the latter for a name that cannot be resolved
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
        server.stop(0);
        requests.close();
    }
}
