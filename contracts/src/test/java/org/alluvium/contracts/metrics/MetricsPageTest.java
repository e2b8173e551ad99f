package org.alluvium.contracts.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void figuresAreSpelledAsPrometheusReadsThem() {
        MetricsPage page = new MetricsPage("alluvium_test_");
        page.single("loss_nats", "gauge", "What was lost.", Double.NaN);
        page.family("bytes", "counter", "Bytes by run.");
        page.value("bytes" + MetricsPage.label("run", "a \"b\" \\ c\nd"), 3L);
        page.value("bytes" + MetricsPage.label("run", "e"), Double.POSITIVE_INFINITY);

        assertThat(page.text()).isEqualTo("""
                # HELP alluvium_test_loss_nats What was lost.
                # TYPE alluvium_test_loss_nats gauge
                alluvium_test_loss_nats NaN
                # HELP alluvium_test_bytes Bytes by run.
                # TYPE alluvium_test_bytes counter
                alluvium_test_bytes{run="a \\"b\\" \\\\ c\\nd"} 3
                alluvium_test_bytes{run="e"} +Inf
                """);
    }
}
