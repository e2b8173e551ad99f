package org.alluvium.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.alluvium.contracts.metrics.Metric;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/metrics.md} is the catalogue. */
class MetricsReferenceTest {

    private static final Path PAGE = MonitoringFiles.ROOT.resolve("docs/metrics.md");
    private static final String BEGIN = "<!-- The tables are written by MetricsReferenceTest. -->\n";
    private static final String END = "<!-- End of the tables. -->\n";

    private static final Map<String, String> TITLES = Map.of(
            "ingest", "Ingest",
            "train", "Trainer",
            "gateway", "Gateway",
            "dashboard", "Dashboard");

    @Test
    void theTableInTheDocumentationIsUpToDate() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("alluvium.regenerate")) {
            Files.writeString(PAGE, page.substring(0, begin) + tables() + page.substring(end));
        }
        assertThat(Files.readString(PAGE))
                .as("docs/metrics.md; to write it anew: ./mvnw -pl cli -am test -Dtest=MetricsReferenceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dalluvium.regenerate=true")
                .contains(BEGIN + tables() + END);
    }

    @Test
    void noTwoMetricsHaveOneName() {
        assertThat(MetricCatalog.all()).extracting(Metric::name).doesNotHaveDuplicates();
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        MetricCatalog.scraped().forEach((component, metrics) -> text.append(table(TITLES.get(component), metrics)));
        return text.append(table("Ingest, from Flink's own", MetricCatalog.recorded()))
                .toString();
    }

    private static String table(String title, List<Metric> metrics) {
        String lines = metrics.stream().map(MetricsReferenceTest::line).collect(Collectors.joining());
        return "\n### " + title + "\n\n| name | type | unit | labels | meaning |\n|---|---|---|---|---|\n" + lines
                + "\n";
    }

    private static String line(Metric metric) {
        String labels = metric.labels().stream().map(label -> '`' + label + '`').collect(Collectors.joining(", "));
        String unit = metric.unit().equals(Metric.PLAIN) ? "–" : metric.unit().replace('_', ' ');
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(metric.name(), metric.type().word(), unit, labels.isEmpty() ? "–" : labels, metric.help());
    }
}
