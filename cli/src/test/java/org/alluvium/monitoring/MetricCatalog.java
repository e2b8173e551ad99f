package org.alluvium.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.alluvium.contracts.metrics.Metric;
import org.alluvium.dashboard.http.DashboardMetrics;
import org.alluvium.flink.metric.IngestMetrics;
import org.alluvium.gateway.http.GatewayMetrics;
import org.alluvium.trainer.monitor.TrainerFigures;

/** All metrics there are, by who tells them. */
public final class MetricCatalog {

    private static final Pattern NAME = Pattern.compile("\\balluvium_[a-z0-9_]+");

    private MetricCatalog() {}

    /** Metrics by the processes that Prometheus scrapes them from. */
    public static Map<String, List<Metric>> scraped() {
        Map<String, List<Metric>> scraped = new LinkedHashMap<>();
        scraped.put("ingest", IngestMetrics.ALL);
        scraped.put("train", TrainerFigures.metrics());
        scraped.put("gateway", GatewayMetrics.ALL);
        scraped.put("dashboard", DashboardMetrics.OWN);
        return scraped;
    }

    /** Metrics that rules make. */
    public static List<Metric> recorded() {
        return IngestMetrics.RECORDED;
    }

    /** All of both. */
    public static List<Metric> all() {
        List<Metric> all = new ArrayList<>(recorded());
        scraped().values().forEach(all::addAll);
        return all;
    }

    /** Names of our scheme in a text, without what Prometheus puts behind those of histograms. */
    public static Set<String> namesIn(String text) {
        Set<String> histograms = all().stream()
                .filter(metric -> metric.type() == Metric.Type.HISTOGRAM)
                .map(Metric::name)
                .collect(Collectors.toSet());
        Set<String> names = new TreeSet<>();
        NAME.matcher(text).results().map(MatchResult::group).forEach(name -> {
            String base = name.replaceFirst("_(bucket|sum|count)$", "");
            names.add(histograms.contains(base) ? base : name);
        });
        return names;
    }
}
