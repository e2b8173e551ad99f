package org.alluvium.dashboard.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the lines of a run: each series over each axis, evenly and, where that shows something else, by the logarithm, with
 * every average that the keys choose; and tables of every figure.
 */
final class RecordedLines {

    /** Points of a line: twice what is drawn across a screen. A run of fewer steps is kept as it is. */
    static final int POINTS = 2_000;

    /** The weights that the keys go through; between them a snapshot shows the nearest. */
    private static final List<String> WEIGHTS =
            List.of("0", "0.3", "0.6", "0.8", "0.9", "0.95", "0.98", "0.99", "0.995", "0.999");

    private static final List<String> AXES = List.of("step", "tokens", "time");

    private final Sheets sheets;
    private final String run;

    RecordedLines(Sheets sheets, String run) {
        this.sheets = sheets;
        this.run = run;
    }

    void record(List<String> series) throws IOException, InterruptedException {
        for (String name : series) {
            for (String axis : AXES) {
                int drawn = record(name, axis, false);
                if (drawn == POINTS) {
                    record(name, axis, true);
                }
            }
        }
        tables(series);
    }

    /** How many points there are. */
    private int record(String name, String axis, boolean logarithmic) throws IOException, InterruptedException {
        Map<String, Object> line = new LinkedHashMap<>();
        Map<String, JsonNode> averages = new LinkedHashMap<>();
        for (String weight : WEIGHTS) {
            JsonNode points = sheets.hear(Asked.of(
                            "points",
                            "run",
                            run,
                            "name",
                            name,
                            "axis",
                            axis,
                            "points",
                            POINTS,
                            "log",
                            logarithmic,
                            "smooth",
                            weight))
                    .orElseThrow()
                    .path("series")
                    .path(name);
            averages.put(weight, points.path("smooth"));
            List.of("x", "min", "max", "value").forEach(column -> line.putIfAbsent(column, points.path(column)));
        }
        line.put("smooth", averages);
        try (Sheets.Sheet sheet = sheets.new Sheet()) {
            sheet.put(Asked.of("points", "run", run, "name", name, "axis", axis, "log", logarithmic), line);
        }
        return averages.get("0").size();
    }

    /** A file for each kind of event. */
    private void tables(List<String> series) throws IOException, InterruptedException {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        for (String name : series) {
            kinds.computeIfAbsent(kindOf(name), kind -> new ArrayList<>()).add(name);
        }
        for (List<String> names : kinds.values()) {
            Map<String, List<String>> parameters = Map.of("run", List.of(run), "name", names);
            sheets.table(
                    new Asked("table", parameters),
                    names.stream()
                            .map(name -> Asked.of("table", "run", run, "name", name))
                            .toList());
        }
    }

    private static String kindOf(String series) {
        String[] parts = series.split("/", 3);
        return parts[0].equals("suite") ? parts[0] + "/" + parts[1] : parts[0];
    }
}
