package org.alluvium.trainer.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.alluvium.contracts.config.MonitorConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.tls.ServedTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TrainMonitorTest {

    private static final long SECOND = 1_000_000_000;
    private static final ServedTls.Notices NOTICES = ServedTls.logged(LoggerFactory.getLogger(TrainMonitorTest.class));

    private final AtomicLong now = new AtomicLong();
    private final Vitals vitals =
            new Vitals(now::get, () -> Instant.ofEpochSecond(1_000), Path.of("").toAbsolutePath());
    private final TrainMonitor monitor =
            TrainMonitor.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), vitals);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        monitor.close();
    }

    @Test
    void aTrainerIsReadyOnceItHasTakenAStep() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        vitals.heard("start", Map.of("parameters", 7));
        assertThat(get("/readyz").body()).contains("no step");
        vitals.heard("step", Map.of("step", 1L));
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void aTrainerThatSaysNothingForLongIsNotAlive() throws Exception {
        vitals.heard("start", Map.of());
        now.addAndGet(3600 * SECOND);
        assertThat(get("/healthz").statusCode()).as("it loads").isEqualTo(200);
        vitals.heard("step", Map.of("step", 1L, "stepMillis", 60_000.0));
        now.addAndGet(9 * 60 * SECOND);
        assertThat(get("/healthz").statusCode()).as("steps are long").isEqualTo(200);
        now.addAndGet(2 * 60 * SECOND);
        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").body()).contains("660 s");
        vitals.beat();
        assertThat(get("/healthz").statusCode()).as("it waits").isEqualTo(200);
    }

    @Test
    void figuresOfTheNewestEventsAreTold() throws Exception {
        vitals.heard("step", Map.of("step", 7L, "loss", 3.5, "stepMillis", 250.0));
        vitals.heard("step", Map.of("step", 8L, "loss", Double.NaN, "stepMillis", 500.0));
        vitals.heard("sample", Map.of("text", "secret"));
        now.addAndGet(2 * SECOND);

        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains("version=0.0.4");
        assertThat(answer.body())
                .contains("# TYPE alluvium_train_loss_nats gauge\nalluvium_train_loss_nats NaN\n")
                .contains("alluvium_train_step 8.0\n")
                .contains("alluvium_train_step_seconds 0.5\n")
                .contains("alluvium_train_silent_seconds 2.0\n")
                .doesNotContain("secret", "forward_seconds");
    }

    @Test
    void whatHappensAddsUp() throws Exception {
        vitals.heard("step", Map.of("step", 7L, "stepMillis", 250.0, "waitMillis", 1000.0));
        vitals.heard("step", Map.of("step", 8L, "stepMillis", 250.0, "waitMillis", 0.0, "tooOld", 3L));
        vitals.heard("spike", Map.of("action", "rewound"));
        vitals.heard("alert", Map.of("what", "disk"));
        vitals.heard("freshness", Map.of("documents", 5L, "ingestToStep", Map.of("p50Millis", 1500L)));
        vitals.heard("checkpoint", Map.of("step", 8L));
        vitals.heard("waiting", Map.of("reason", "end of the log"));

        assertThat(get("/metrics").body())
                .contains("alluvium_train_computing_seconds_total 0.5\n")
                .contains("alluvium_train_waiting_seconds_total 1.0\n")
                .contains("alluvium_train_spikes_total{action=\"rewound\"} 1\n")
                .contains("alluvium_train_spikes_total{action=\"skipped\"} 0\n")
                .contains("alluvium_train_alerts_total 1\n")
                .contains("alluvium_train_documents_total 5\n")
                .contains("alluvium_train_too_old_documents_total 3\n")
                .contains("alluvium_train_ingest_to_step_seconds{percentile=\"50\"} 1.5\n")
                .contains("alluvium_train_checkpoint_timestamp_seconds 1000.0\n")
                .contains("alluvium_train_waiting 1\n")
                .doesNotContain("percentile=\"99\"");
    }

    @Test
    void nothingElseIsAnswered() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
        HttpRequest head = HttpRequest.newBuilder(uri("/healthz")).HEAD().build();
        assertThat(client.send(head, HttpResponse.BodyHandlers.ofString()).body())
                .isEmpty();
    }

    @Test
    void aPortThatIsTakenIsSaidAndNoneIsNoMonitor() {
        int taken = monitor.address().getPort();
        String host = monitor.address().getHostString();
        assertThatThrownBy(() -> TrainMonitor.start(new MonitorConfig(host, taken, Optional.empty()), vitals, NOTICES))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(Integer.toString(taken))
                .hasMessageContaining("train.monitor.port");
        assertThat(TrainMonitor.start(new MonitorConfig(host, 0, Optional.empty()), vitals, NOTICES))
                .isEmpty();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://" + monitor.address().getHostString() + ":"
                + monitor.address().getPort() + path);
    }
}
