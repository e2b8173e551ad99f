package org.alluvium.cli.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.cli.scale.Input.Kind;
import org.alluvium.cli.scale.Sheet.Result;
import org.alluvium.cli.stream.Report;
import org.alluvium.cli.stream.Scenario;
import org.alluvium.cli.stream.Simulation;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code docs/scale.md} are what the commands say today. With {@code -Dalluvium.regenerate=true} they are written
 * instead of compared.
 */
class ScalePageTest {

    private static final Path PAGE = Path.of("").toAbsolutePath().resolveSibling("docs/scale.md");
    private static final Pattern TABLE = Pattern.compile("(?s)<!-- table: (\\w+) -->\n.*?<!-- end -->");

    @Test
    void tablesAreWhatTheCommandsSay() throws IOException {
        String page = Files.readString(PAGE);
        Map<String, String> tables = tables();

        String current = TABLE.matcher(page)
                .replaceAll(found -> Matcher.quoteReplacement(
                        "<!-- table: " + found.group(1) + " -->\n" + tables.get(found.group(1)) + "<!-- end -->"));

        if (Boolean.getBoolean("alluvium.regenerate")) {
            Files.writeString(PAGE, current);
        }
        assertThat(TABLE.matcher(page).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(tables.keySet());
        assertThat(Files.readString(PAGE)).isEqualTo(current);
    }

    private static Map<String, String> tables() {
        Sheet corpus = SheetFile.builtIn(SheetFile.CORPUS);
        return Map.of(
                "sizes", sizes(corpus),
                "intervals", intervals(corpus),
                "presets",
                        SheetText.table(
                                Map.of("checkpoint", corpus.compute()),
                                List.of("tinySize", "smallSize", "baseSize", "gptSize", "snapshotSize")),
                "streams", streams(),
                "measured", SheetText.inputs(corpus, List.of(Kind.MEASURED)),
                "assumed", SheetText.inputs(corpus, List.of(Kind.CHOSEN, Kind.ASSUMED, Kind.PRICE)));
    }

    private static String sizes(Sheet corpus) {
        Map<String, List<Result>> columns = new LinkedHashMap<>();
        columns.put(
                "10⁹ pages of 700 tokens",
                lines(corpus, Map.of("documents", 1e9, "tokensPerDocument", 700.0, "checkpointInterval", 10.0)));
        columns.put("10¹² messages of 10 tokens", lines(corpus, Map.of()));
        columns.put("10¹² pages of 700 tokens", lines(corpus, Map.of("tokensPerDocument", 700.0)));
        return SheetText.table(
                columns,
                List.of(
                        "rate",
                        "tokens",
                        "corpusBytes",
                        "exactState",
                        "versionState",
                        "addressState",
                        "nearState",
                        "lineState",
                        "state",
                        "filters",
                        "cores",
                        "byCores",
                        "byDisk",
                        "byFilters",
                        "taskManagers",
                        "slots",
                        "ofLimit",
                        "stateOfTaskManager",
                        "diskReads",
                        "shuffle",
                        "shuffleOfTaskManager",
                        "shuffleInAll",
                        "onePlace",
                        "writtenBytes",
                        "checkpointTime",
                        "busy",
                        "recovery",
                        "catchUp",
                        "behind",
                        "entries",
                        "logBytes",
                        "shardObjects",
                        "shardSize",
                        "putRate",
                        "computeCost",
                        "diskCost",
                        "storeCost",
                        "requestCost",
                        "perMillion",
                        "devices",
                        "loaderCores",
                        "archiveBytes",
                        "perBillion",
                        "archiveCost",
                        "cpuPerBillion"));
    }

    private static String intervals(Sheet corpus) {
        Map<String, List<Result>> columns = new LinkedHashMap<>();
        for (double seconds : new double[] {2, 10, 60, 600}) {
            columns.put(
                    String.format(Locale.ROOT, "%.0f s", seconds),
                    lines(corpus, Map.of("checkpointInterval", seconds)));
        }
        return SheetText.table(
                columns,
                List.of(
                        "entries",
                        "entrySize",
                        "logBytes",
                        "listTime",
                        "endRequests",
                        "endTime",
                        "folderLook",
                        "readTime",
                        "readTimeRemote",
                        "tailRequests",
                        "shardObjects",
                        "shardSize",
                        "puts",
                        "putRate",
                        "requestCost",
                        "busy",
                        "readAgain",
                        "perMillion"));
    }

    private static List<Result> lines(Sheet corpus, Map<String, Double> values) {
        return corpus.with(values, "docs/scale.md").compute();
    }

    private static String streams() {
        Map<String, Map<String, Double>> cases = new LinkedHashMap<>();
        cases.put("half of full load", Map.of());
        cases.put("nine tenths of it", Map.of("rate", 8_653.0));
        cases.put("half, checkpoints every 60 s", Map.of("checkpointInterval", 60.0));
        cases.put("half, a failure every 10 min", Map.of("secondsBetweenFailures", 600.0));
        cases.put("half, bursts of 4 times for 1 in 10 min", Map.of("burstFactor", 4.0));
        cases.put("the same, up to 4 slots", Map.of("burstFactor", 4.0, "mostSlots", 4.0));
        StringBuilder table = new StringBuilder("""
                | | p50 | p99 | worst | most lag | failures | read again | twice in the log | longest catch-up | slot hours |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        Sheet stream = SheetFile.builtIn(SheetFile.STREAM);
        cases.forEach((name, values) ->
                table.append(row(name, Simulation.run(Scenario.of(stream.with(values, "docs/scale.md"))))));
        return table.toString();
    }

    private static String row(String name, Report report) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f s | %.1f s | %.1f s | %.1f s | %d | %,.0f | %.0f | %.0f s | %.2f |%n",
                name,
                report.freshness().p50(),
                report.freshness().p99(),
                report.freshness().most(),
                report.mostLag(),
                report.work().failures(),
                report.replayed(),
                report.duplicates(),
                report.longestCatchUp(),
                report.work().slotHours());
    }
}
