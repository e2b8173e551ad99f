package org.alluvium.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.alert.AlertSettings;
import org.alluvium.dashboard.http.EventsInSql.Figure;
import org.alluvium.dashboard.http.EventsInSql.Under;

/** What is shown of any events is what DuckDB finds in their file. */
class DifferentialEventsTest {

    private static final AlertSettings NO_ALERTS = new AlertSettings(false, List.of(), Optional.empty());
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Property(tries = 25)
    void whatIsShownIsWhatTheFileSays(@ForAll Random random) throws Exception {
        Path folder = Files.createTempDirectory("differential");
        RunLayout run = new RunLayout(folder).create();
        try (Answers answers = new Answers(
                new DashboardServer.Shown(Map.of("main", run), Optional.empty(), NO_ALERTS), InstantSource.system())) {
            writeInParts(RandomEvents.of(random), run.events(), answers, random);
            try (EventsInSql sql = EventsInSql.open(run.events())) {
                Shown shown = new Shown(answers, sql);
                shown.newestIsTheLast();
                shown.markersAreAll();
                for (String series : RandomEvents.SERIES) {
                    shown.tableIsEveryFigure(series);
                    String axis = series.startsWith("step/")
                            ? any(random, "step", "tokens", "time")
                            : any(random, "step", "time");
                    shown.pointsStandForAllUnderThem(series, axis, Zoom.ALL, any(random, 2, 16, 900));
                    shown.pointsStandForAllUnderThem(series, axis, zoom(axis, random, sql), any(random, 2, 16, 900));
                }
            }
        } finally {
            AtomicDirectory.delete(folder);
        }
    }

    @SafeVarargs
    private static <T> T any(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }

    /** As a trainer writes while the dashboard reads: now and then, and lines whose end is still to come. */
    private static void writeInParts(String events, Path file, Answers answers, Random random) throws Exception {
        byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(20_000));
            Files.write(
                    file, Arrays.copyOfRange(bytes, from, to), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            answers.readOn();
            from = to;
        }
    }

    /** A part of an axis. */
    private record Zoom(double from, double to) {

        static final Zoom ALL = new Zoom(0, 1e15);
    }

    private static String columnOf(String axis) {
        return axis.equals("time") ? "millis" : axis;
    }

    private static Zoom zoom(String axis, Random random, EventsInSql sql) throws SQLException {
        String steps = "(%s), 0) FROM kept WHERE type = 'step'".formatted(columnOf(axis));
        long first = sql.number("SELECT coalesce(min" + steps);
        long last = sql.number("SELECT coalesce(max" + steps);
        double one = first + random.nextDouble() * (last - first);
        double other = first + random.nextDouble() * (last - first);
        return new Zoom(Math.min(one, other), Math.max(one, other));
    }

    /** The answers beside the query of each. */
    private record Shown(Answers answers, EventsInSql sql) {

        void newestIsTheLast() throws Exception {
            JsonNode overview = ask("/api/overview");
            assertThat(overview.path("revision").asLong()).isEqualTo(sql.number("SELECT count(*) FROM event"));
            assertThat(overview.at("/step/step").asLong())
                    .isEqualTo(sql.number("SELECT coalesce(max(step), 0) FROM kept WHERE type = 'step'"));
            assertThat(overview.at("/step/tokens").asLong())
                    .isEqualTo(sql.number("SELECT coalesce(max(tokens), 0) FROM kept WHERE type = 'step'"));
            List<String> names = StreamSupport.stream(
                            ask("/api/series").path("series").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            for (String series : RandomEvents.SERIES) {
                boolean there = !sql.figures(series).isEmpty();
                assertThat(!there || names.contains(series)).as(series).isTrue();
            }
        }

        void markersAreAll() throws Exception {
            for (String type : List.of("start", "resume", "checkpoint", "spike", "alert")) {
                JsonNode markers = ask("/api/markers?type=" + type).path(type);
                String all = " FROM event WHERE type = '" + type + "'";
                assertThat((long) markers.size()).as(type).isEqualTo(sql.number("SELECT count(*)" + all));
                if (!type.equals("start")) {
                    assertThat(StreamSupport.stream(markers.spliterator(), false)
                                    .mapToLong(marker -> marker.path("step").asLong())
                                    .sum())
                            .isEqualTo(sql.number("SELECT coalesce(sum(step), 0)" + all));
                }
            }
        }

        void tableIsEveryFigure(String series) throws Exception {
            List<Figure> expected = sql.figures(series);
            if (expected.isEmpty()) {
                return;
            }
            List<Figure> shown = text("/api/table?name=" + series)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .filter(cells -> !cells[3].isEmpty())
                    .map(cells -> new Figure(
                            Long.parseLong(cells[0]),
                            Instant.parse(cells[2]).toEpochMilli(),
                            Double.parseDouble(cells[3])))
                    .toList();
            assertThat(shown)
                    .as(series)
                    .isEqualTo(expected.stream()
                            .filter(figure -> !Double.isNaN(figure.value()))
                            .toList());
        }

        /** Each point stands for the rows after the one before, up to its own: none is left out, none is in two. */
        void pointsStandForAllUnderThem(String series, String axis, Zoom zoom, int width) throws Exception {
            String question = "/api/points?name=%s&axis=%s&points=%d&from=%s&to=%s"
                    .formatted(series, axis, width, zoom.from(), zoom.to());
            JsonNode points = ask(question).path("series").path(series);
            assertThat(points.path("x").size()).as(question).isLessThanOrEqualTo(width);
            List<Double> x = numbers(points.path("x"));
            String column = columnOf(axis);
            double before = Math.nextDown(zoom.from());
            List<Under> under = x.isEmpty() ? List.of() : sql.under(series, column, before, x);
            assertThat(numbers(points.path("min"))).as(question).isEqualTo(finite(under, Under::min));
            assertThat(numbers(points.path("max"))).as(question).isEqualTo(finite(under, Under::max));
            assertThat(under).as(question).allMatch(each -> each.rows() > 0);
            double last = x.isEmpty() ? before : x.getLast();
            assertThat(sql.under(series, column, last, List.of(zoom.to()))
                            .getFirst()
                            .min())
                    .as(question)
                    .isNull();
        }

        private static List<Double> numbers(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false)
                    .map(node -> node.isNull() ? null : node.asDouble())
                    .toList();
        }

        private static List<Double> finite(List<Under> under, Function<Under, Double> bound) {
            return under.stream()
                    .map(bound)
                    .map(number -> number == null || number.isInfinite() ? null : number)
                    .toList();
        }

        private JsonNode ask(String address) throws Exception {
            return JSON.readTree(text(address));
        }

        private String text(String address) throws Exception {
            URI uri = URI.create(address);
            return answers.to(uri.getPath(), new Query(uri)).bodyText();
        }
    }
}
