package org.alluvium.contracts.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final Metric BYTES =
            Metric.gauge("alluvium_train_some_bytes", "bytes", "Bytes by run.", "run", "kind");

    private final MetricsPage page = new MetricsPage();

    @Test
    void figuresAreSpelledAsPrometheusReadsThem() {
        page.single(Metric.gauge("alluvium_train_loss_nats", "nats", "What was lost."), Double.NaN);
        page.family(BYTES);
        page.value(BYTES, 3L, "a \"b\" \\ c\nd", "x");
        page.value(BYTES, Double.POSITIVE_INFINITY, "e", "y");

        assertThat(page.text()).isEqualTo("""
                # HELP alluvium_train_loss_nats What was lost.
                # TYPE alluvium_train_loss_nats gauge
                alluvium_train_loss_nats NaN
                # HELP alluvium_train_some_bytes Bytes by run.
                # TYPE alluvium_train_some_bytes gauge
                alluvium_train_some_bytes{run="a \\"b\\" \\\\ c\\nd",kind="x"} 3
                alluvium_train_some_bytes{run="e",kind="y"} +Inf
                """);
        assertThatThrownBy(() -> page.value(BYTES, 1, "e")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameThatDoesNotKeepToTheSchemeIsRefused() {
        assertThatThrownBy(() -> Metric.gauge("alluvium_train_wait_millis", "seconds", "."))
                .hasMessageContaining("alluvium_train_wait_millis");
        assertThatThrownBy(() -> Metric.counter("alluvium_gateway_requests", "requests", "."))
                .hasMessageContaining("counter");
        assertThatThrownBy(() -> Metric.gauge("alluvium_other_bytes", "bytes", "."))
                .hasMessageContaining("alluvium_other_bytes");
    }

    @Test
    void bucketsAddUp() {
        Durations durations = new Durations(Metric.durations("alluvium_gateway_accept_seconds", "So long."));
        durations.add(1_500_000);
        durations.add(2_000_000);
        durations.add(60_000_000_000L);
        durations.write(page);
        assertThat(page.text())
                .contains("# TYPE alluvium_gateway_accept_seconds histogram\n")
                .contains("_bucket{le=\"0.001\"} 0\n")
                .contains("_bucket{le=\"0.002\"} 2\n")
                .contains("_bucket{le=\"10.0\"} 2\n")
                .contains("_bucket{le=\"+Inf\"} 3\n")
                .contains("_sum 60.0035\n")
                .contains("_count 3\n");
    }

    @Test
    void whatIsKnownIsToldBeforeItHappens() {
        Metric requests = Metric.counter("alluvium_gateway_requests_total", "requests", "Requests.", "status");
        Tallies tallies = new Tallies(requests, "200", "500");
        tallies.add("404");
        tallies.write(page);
        assertThat(page.text()).endsWith("""
                        alluvium_gateway_requests_total{status="200"} 0
                        alluvium_gateway_requests_total{status="404"} 1
                        alluvium_gateway_requests_total{status="500"} 0
                        """);
    }

    @Test
    void aProcessTellsWhatItTakes() {
        ProcessFigures figures =
                new ProcessFigures("train", Optional.of(Path.of("").toAbsolutePath()));
        figures.write(page);
        assertThat(figures.metrics())
                .extracting(Metric::name)
                .filteredOn(name -> !name.contains("resident")) // Linux only
                .allSatisfy(name -> assertThat(page.text()).contains(name + " "));
        assertThat(page.text()).doesNotContain(" -");
    }
}
