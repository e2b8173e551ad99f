package org.alluvium.dashboard.http;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.alluvium.dashboard.run.Marker;
import org.alluvium.dashboard.run.RunIndex;
import org.alluvium.dashboard.run.RunOverview;
import org.alluvium.dashboard.series.Points;
import org.alluvium.dashboard.series.Window;

/**
 * What pages ask of runs, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/runs                                  runs: their names, the first being the one that was asked for
 * /api/overview?run=                         {@link RunOverview}, and now: the time here, by which ages are told
 * /api/series?run=                           names of all series
 * /api/points?run=&amp;name=a&amp;name=b&amp;axis=step|tokens|time&amp;from=&amp;to=&amp;points=&amp;log=&amp;smooth=
 *                                            {@link Points} by name; names that there are not are left out
 * /api/markers?run=&amp;type=a&amp;type=b           {@link Marker}s by type
 * </pre>
 */
final class RunApi {

    private static final Set<String> MARKERS =
            Set.of("start", "resume", "stop", "checkpoint", "spike", "alert", "error", "sample");

    private final Map<String, RunIndex> runs;
    private final InstantSource clock;

    /**
     * Answers for runs.
     *
     * @param runs by name, at least one, the first being the one that is shown
     */
    RunApi(Map<String, RunIndex> runs, InstantSource clock) {
        this.runs = new LinkedHashMap<>(runs);
        this.clock = clock;
    }

    /** The answer to a path below {@code /api/}. */
    Reply get(String path, Query query) {
        return switch (path) {
            case "/api/runs" -> Reply.json(Map.of("runs", List.copyOf(runs.keySet())));
            case "/api/overview" -> Reply.json(atPresent(run(query)));
            case "/api/series" -> Reply.json(Map.of("series", run(query).series()));
            case "/api/points" -> Reply.json(points(run(query), query.all("name"), query.window()));
            case "/api/markers" -> Reply.json(markers(run(query), query.all("type")));
            default -> throw Refusal.notFound("There is no such question.");
        };
    }

    /** How the first run is doing; the same until something happens. */
    Map<String, Object> overview() {
        return new RunOverview(runs.values().iterator().next()).fields();
    }

    private Map<String, Object> atPresent(RunIndex run) {
        Map<String, Object> fields = new RunOverview(run).fields();
        fields.put("now", clock.instant().toString());
        return fields;
    }

    private RunIndex run(Query query) {
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

    private static Map<String, Object> markers(RunIndex run, List<String> types) {
        Map<String, Object> byType = new LinkedHashMap<>();
        types.stream()
                .filter(MARKERS::contains)
                .forEach(type -> byType.put(
                        type, run.markers(type).stream().map(Marker::members).toList()));
        return byType;
    }

    /** All runs that are shown. */
    Stream<RunIndex> runs() {
        return runs.values().stream();
    }
}
