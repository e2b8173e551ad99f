package org.alluvium.dashboard.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.dashboard.alert.Alerts;
import org.alluvium.dashboard.run.Marker;
import org.alluvium.dashboard.run.RunIndex;
import org.alluvium.dashboard.run.RunOverview;
import org.alluvium.dashboard.series.Points;
import org.alluvium.dashboard.series.Table;
import org.alluvium.dashboard.series.Window;

/**
 * What pages ask of runs, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/runs                            runs: name, state and start (what its newest process said as it began) of each; the
 *                                      first is the one that is shown where none is named
 * /api/overview?run=                   {@link RunOverview}; alertProblems: sentences about rules for alerts and the webhook; and now: the
 *                                      time here, by which ages are told
 * /api/series?run=                     names of all series
 * /api/points?run=&amp;name=&amp;axis=step|tokens|time&amp;from=&amp;to=&amp;points=&amp;log=&amp;smooth=
 *                                      {@link Points} by name, of which there may be many; those that there are not are left out
 * /api/markers?run=&amp;type=          {@link Marker}s by type, of which there may be many; {@link CorpusMarkers} too
 * /api/table?run=&amp;name=            every figure of series of one kind of event, as a CSV file
 * </pre>
 */
final class RunApi {

    private static final Set<String> MARKERS = Set.of(
            "start",
            "resume",
            "stop",
            "checkpoint",
            "spike",
            "takedown",
            "alert",
            "error",
            "sample",
            CorpusMarkers.MIXTURE);
    private static final int ROWS_AT_ONCE = 4_096;

    private final Map<String, RunIndex> runs;
    private final Alerts alerts;
    private final CorpusMarkers corpus;
    private final InstantSource clock;

    /**
     * Answers for runs.
     *
     * @param runs by name, at least one, the first being the one that is shown
     * @param alerts of them
     * @param corpus what happened to what they learn from
     */
    RunApi(Map<String, RunIndex> runs, Alerts alerts, CorpusMarkers corpus, InstantSource clock) {
        this.runs = new LinkedHashMap<>(runs);
        this.alerts = alerts;
        this.corpus = corpus;
        this.clock = clock;
    }

    /** By their paths. */
    Map<String, Question> questions() {
        return Map.of(
                "/api/runs", query -> Reply.json(Map.of("runs", summaries())),
                "/api/overview", query -> Reply.json(atPresent(run(query))),
                "/api/series", query -> Reply.json(Map.of("series", run(query).series())),
                "/api/points", query -> Reply.json(points(run(query), query.all("name"), query.window())),
                "/api/markers", query -> Reply.json(markers(run(query), query.all("type"))),
                "/api/table", query -> table(run(query), query.all("name")));
    }

    /** How the first run is doing; the same until something happens. */
    Map<String, Object> overview() {
        return overview(runs.values().iterator().next());
    }

    private Map<String, Object> overview(RunIndex run) {
        Map<String, Object> fields = new RunOverview(run, alerts.of(run)).fields();
        fields.put("alertProblems", alerts.problems(run));
        return fields;
    }

    private List<Map<String, Object>> summaries() {
        return runs.entrySet().stream()
                .map(run -> {
                    Map<String, Object> overview = overview(run.getValue());
                    Map<String, Object> summary = new LinkedHashMap<>();
                    summary.put("name", run.getKey());
                    summary.put("state", overview.get("state"));
                    summary.put("start", overview.get("start"));
                    return summary;
                })
                .toList();
    }

    private Map<String, Object> atPresent(RunIndex run) {
        Map<String, Object> fields = overview(run);
        fields.put("now", clock.instant().toString());
        return fields;
    }

    /** The run that a question is about. */
    RunIndex run(Query query) {
        String name = query.text("run", runs.keySet().iterator().next());
        RunIndex run = runs.get(name);
        if (run == null) {
            throw Refusal.notFound("There is no run of that name.");
        }
        return run;
    }

    private static Map<String, Object> points(RunIndex run, List<String> names, Window window) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("revision", run.events());
        Map<String, Points> drawn = new LinkedHashMap<>();
        names.forEach(name -> run.points(name, window).ifPresent(points -> drawn.put(name, points)));
        fields.put("series", drawn);
        return fields;
    }

    private Map<String, Object> markers(RunIndex run, List<String> types) {
        Map<String, Object> byType = new LinkedHashMap<>();
        types.stream()
                .filter(MARKERS::contains)
                .forEach(type -> byType.put(
                        type, markers(run, type).stream().map(Marker::members).toList()));
        return byType;
    }

    private List<Marker> markers(RunIndex run, String type) {
        return switch (type) {
            case CorpusMarkers.MIXTURE -> corpus.mixture(run);
            case "alert" ->
                Stream.concat(run.markers(type).stream(), alerts.of(run).stream())
                        .toList();
            default -> run.markers(type);
        };
    }

    private static Reply table(RunIndex run, List<String> names) {
        Table first = run.table(names, 0, ROWS_AT_ONCE)
                .orElseThrow(() -> Refusal.notFound("There are no such series of one kind of event."));
        return Reply.download(String.join("-", names) + ".csv", "text/csv; charset=utf-8", out -> {
            out.write(line("step,tokens,time,"
                    + first.columns().stream().map(RunApi::quoted).collect(Collectors.joining(","))));
            Table part = first;
            while (!part.rows().isEmpty()) {
                write(part, out);
                long next = part.rows().getLast().place().step() + 1;
                part = run.table(names, next, ROWS_AT_ONCE).orElse(Table.EMPTY);
            }
        });
    }

    private static void write(Table part, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Table.Row row : part.rows()) {
            text.append(row.place().step())
                    .append(',')
                    .append(row.place().tokens())
                    .append(',');
            text.append(Instant.ofEpochMilli(row.place().millis())).append(',');
            text.append(row.figures().stream()
                            .map(figure -> figure.isNaN() ? "" : figure.toString())
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** As RFC 4180 wants names with commas or quotes. */
    private static String quoted(String name) {
        return name.contains(",") || name.contains("\"") ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What reads on in each run. */
    Stream<Runnable> readers() {
        return runs.values().stream().map(run -> run::readOn);
    }
}
