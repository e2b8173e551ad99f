package org.alluvium.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A panel of a dashboard: its title, what it is about, its unit, and its queries as Grafana would send them. */
public record Panel(String dashboard, String title, String description, String unit, List<String> queries) {

    /** All panels of a dashboard, in their order; for variables stands what Grafana puts there if all is chosen. */
    public static List<Panel> of(Path file) {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode panel : MonitoringFiles.json(file).get("panels")) {
            if (!panel.get("type").asText().equals("row")) {
                List<String> queries = new ArrayList<>();
                panel.get("targets")
                        .forEach(target ->
                                queries.add(filledIn(target.get("expr").asText())));
                panels.add(new Panel(
                        file.getFileName().toString(),
                        panel.get("title").asText(),
                        panel.path("description").asText(),
                        panel.at("/fieldConfig/defaults/unit").asText(),
                        queries));
            }
        }
        return panels;
    }

    private static String filledIn(String query) {
        return query.replace("$__rate_interval", "10m").replaceAll("\\$\\w+", ".*");
    }
}
