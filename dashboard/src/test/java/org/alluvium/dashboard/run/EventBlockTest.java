package org.alluvium.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.alluvium.dashboard.series.Rows;

/** What is read by comparing with the line before is what a JSON parser reads. */
class EventBlockTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A step as it was read: its time, and its numbers by name. */
    private record Step(long millis, Map<String, Double> figures) {}

    @Property(tries = 300)
    void stepsAreWhatAJsonParserReads(@ForAll("lines") List<String> lines) throws IOException {
        Path file = Files.createTempFile("events", ".jsonl");
        try (FileChannel channel = FileChannel.open(file)) {
            Files.write(file, lines);
            EventBlock block = new EventBlock(file);
            assertThat(block.fill(channel, 0)).isEqualTo(Math.toIntExact(Files.size(file)));
            List<Step> parsed = new ArrayList<>();
            for (Line line : block.lines()) {
                if (line instanceof Line.Stepped stepped) {
                    parsed.addAll(steps(stepped.rows()));
                }
            }
            assertThat(parsed).isEqualTo(expected(lines));
        } finally {
            Files.delete(file);
        }
    }

    private static List<Step> steps(StepRows read) {
        Rows rows = read.rows(0, 0);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < rows.count(); i++) {
            Map<String, Double> figures = new LinkedHashMap<>();
            for (int column = 0; column < rows.columns().size(); column++) {
                figures.put(rows.columns().get(column), rows.figures().get(column)[i]);
            }
            steps.add(new Step(Math.round(rows.millis()[i]), figures));
        }
        return steps;
    }

    private static List<Step> expected(List<String> lines) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (String line : lines) {
            JsonNode event = JSON.readTree(line);
            if (event.path("type").asText().equals("step")) {
                Map<String, Double> figures = new LinkedHashMap<>();
                event.properties().forEach(member -> {
                    boolean isFigure = member.getValue().isNumber()
                            || member.getValue().asText().matches("NaN|-?Infinity");
                    if (isFigure && !member.getKey().equals("step")) {
                        figures.put(
                                member.getKey(),
                                Double.valueOf(member.getValue().asText()));
                    }
                });
                steps.add(new Step(Instant.parse(event.path("time").asText()).toEpochMilli(), figures));
            }
        }
        return steps;
    }

    /** Mostly of one shape, as those of a run are. */
    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> usual = Combinators.combine(time(), number(), number(), number())
                .as("{\"time\":\"%s\",\"type\":\"step\",\"step\":1,\"loss\":%s,\"rate/a b\":%s,\"mfu\":%s}"::formatted);
        Arbitrary<String> spaced = Combinators.combine(time(), number())
                .as("{ \"time\": \"%s\", \"type\": \"step\", \"loss\": %s }"::formatted);
        Arbitrary<String> odd = Combinators.combine(time(), name(), value(), name(), value())
                .as("{\"time\":\"%s\",\"type\":\"step\",\"%s\":%s,\"2%s\":%s}"::formatted);
        Arbitrary<String> other =
                Combinators.combine(time(), value()).as("{\"time\":\"%s\",\"type\":\"eval\",\"figure\":%s}"::formatted);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(12, usual),
                        net.jqwik.api.Tuple.of(1, spaced),
                        net.jqwik.api.Tuple.of(3, odd),
                        net.jqwik.api.Tuple.of(1, other))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    private static Arbitrary<String> time() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000L),
                        Arbitraries.of(0, 1_000_000, 123_000_000, 123_456_000, 999_999_999))
                .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, nanos).toString());
    }

    private static Arbitrary<String> number() {
        return Arbitraries.oneOf(
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.doubles().between(-1e6, 1e6).map(String::valueOf),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.of("0", "-0.0", "1e5", "2.50E-3", "123456789012345678901.5"));
    }

    private static Arbitrary<String> value() {
        return Arbitraries.oneOf(
                number(),
                Arbitraries.of(
                        "\"NaN\"",
                        "\"-Infinity\"",
                        "\"text\"",
                        "null",
                        "true",
                        "{\"a\":1}",
                        "[1,2]",
                        "\"a\\\"b\\\\\""));
    }

    private static Arbitrary<String> name() {
        return Arbitraries.of("loss", "é", "a\\\"b", "a\\u0062", "lag/tokens", "-", "a,b");
    }
}
