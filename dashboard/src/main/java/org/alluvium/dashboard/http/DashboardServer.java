package org.alluvium.dashboard.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.tls.ServedTls;
import org.alluvium.contracts.tls.WebServer;
import org.alluvium.dashboard.alert.AlertSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the dashboard until it is closed: pages, {@link Answers}, {@code /api/live} (server-sent events), {@code /healthz},
 * {@code /readyz}, and {@code /metrics} for Prometheus. It answers GET and HEAD only; every answer forbids scripts, styles and
 * frames from anywhere else. Runs are read on every {@link #LOOK}. Thread-safe.
 */
public final class DashboardServer implements AutoCloseable {

    /** Time between looks into the folders of the runs. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final HttpServer server;
    private final Door door;
    private final Access access;
    private final Answers answers;
    private final Pages pages = new Pages();
    private final Broadcast broadcast = new Broadcast();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("dashboard-reader").daemon().factory());
    private volatile boolean ready;
    private String problem = ""; // the reader's own

    private DashboardServer(HttpServer server, Door door, Access access, Answers answers) {
        this.server = server;
        this.door = door;
        this.access = access;
        this.answers = answers;
    }

    /**
     * What is shown.
     *
     * @param runs by name, at least one; the first is the one that the overview is about
     * @param corpus that they learn from, if it is known
     * @param alerts what is watched for in the runs
     */
    public record Shown(Map<String, RunLayout> runs, Optional<CorpusLayout> corpus, AlertSettings alerts) {

        /** With the alerts of any run. */
        public Shown(Map<String, RunLayout> runs, Optional<CorpusLayout> corpus) {
            this(runs, corpus, AlertSettings.DEFAULT);
        }
    }

    /**
     * Starts to serve.
     *
     * @throws UnavailableException if the address is taken
     */
    public static DashboardServer start(Door door, Shown shown, InstantSource clock) {
        InetSocketAddress address = door.address();
        Access access =
                new Access(address.getAddress(), door.token(), door.tls().isPresent());
        try {
            HttpServer http = WebServer.bind(address, door.tls());
            DashboardServer server = new DashboardServer(http, door, access, new Answers(shown, clock));
            http.createContext("/", server::handle);
            http.setExecutor(server.requests);
            http.start();
            server.keepLooking();
            return server;
        } catch (IOException e) {
            door.tls().ifPresent(ServedTls::close);
            throw new UnavailableException(
                    "the dashboard cannot listen: " + e.getMessage(),
                    address.toString(),
                    "Choose another with --port, or --dashboard=PORT of up and demo; or stop what has this one",
                    e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the executor, and a look says itself what fails
    private void keepLooking() {
        reader.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The address of the first page. */
    public URI address() {
        InetAddress asked = door.address().getAddress();
        String name = asked.isLoopbackAddress() ? "localhost" : asked.getHostAddress();
        String host = name.contains(":") ? "[" + name + "]" : name;
        String scheme = door.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + host + ":" + server.getAddress().getPort() + "/");
    }

    /** Reads on; what cannot be read now is tried again at the next look, and said on every page meanwhile. */
    private void look() {
        try {
            readOn();
            broadcast.publish(answers.overview(problem));
        } catch (RuntimeException e) {
            LOG.error("the runs cannot be shown as they are now", e); // or the executor would never look again
        }
    }

    private void readOn() {
        String before = problem;
        try {
            answers.readOn();
            ready = true;
            problem = "";
        } catch (AlluviumException e) {
            problem = e.getMessage();
            if (!problem.equals(before)) {
                LOG.warn("{}", problem);
            }
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        long began = System.nanoTime();
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            HEADERS.forEach(headers::set);
            access.transportSecurity().ifPresent(value -> headers.set("Strict-Transport-Security", value));
            String path = exchange.getRequestURI().getPath();
            if (!METHODS.contains(exchange.getRequestMethod())) {
                headers.set("Allow", "GET, HEAD");
                Reply.json(405, Map.of("message", "Only GET is answered.")).send(exchange);
            } else if (path.equals("/healthz")) {
                Reply.text("ok\n").send(exchange);
            } else if (path.equals("/readyz")) {
                readiness().send(exchange);
            } else if (!access.allows(exchange)) {
                Reply.json(401, Map.of("message", "Open the address with the token that the dashboard printed."))
                        .send(exchange);
            } else if (path.equals("/api/live") && exchange.getRequestMethod().equals("GET")) {
                broadcast.serve(exchange);
                return; // after hours, which say nothing of how fast anything is
            } else {
                access.cookieFor(exchange).ifPresent(cookie -> headers.set("Set-Cookie", cookie));
                reply(path, exchange).send(exchange);
            }
            answers.metrics().answered(exchange.getResponseCode(), System.nanoTime() - began);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply readiness() {
        return ready ? Reply.text("ready\n") : Reply.json(503, Map.of("message", "The events are being read."));
    }

    private Reply reply(String path, HttpExchange exchange) throws InterruptedException {
        try {
            return path.startsWith("/api/") || path.equals("/metrics")
                    ? answers.to(path, new Query(exchange.getRequestURI()))
                    : pages.get(path);
        } catch (Refusal e) {
            return Reply.refusal(e);
        } catch (UnavailableException e) {
            return Reply.json(503, Map.of("message", e.getMessage())).with("Retry-After", "1");
        } catch (AlluviumException e) {
            return Reply.json(422, Map.of("message", e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} failed", path, e);
            return Reply.json(500, Map.of("message", "The dashboard has failed to answer; its log says how."));
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
        door.tls().ifPresent(ServedTls::close);
        broadcast.close();
        server.stop(0);
        requests.close();
        answers.close();
    }
}
