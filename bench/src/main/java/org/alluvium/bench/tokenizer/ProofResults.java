package org.alluvium.bench.tokenizer;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.bench.tokenizer.ProofCell.Kind;
import org.alluvium.bench.tokenizer.ProofCell.Outcome;

/**
 * What came of the cells, in a folder: every process writes a file of its own, a line a cell, and all of them together are the
 * result. A line that a process did not finish does not count.
 */
final class ProofResults {

    private static final String SEPARATOR = "\t";
    private static final int COLUMNS = 10;
    private static final String END = ".";

    private ProofResults() {}

    static Map<ProofCell, Outcome> read(Path folder) throws IOException {
        Map<ProofCell, Outcome> results = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".tsv")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] columns = line.split(SEPARATOR, -1);
                    if (columns.length == COLUMNS && columns[COLUMNS - 1].equals(END)) {
                        results.put(
                                new ProofCell(columns[0], Kind.valueOf(columns[1]), columns[2]),
                                new Outcome(
                                        Long.parseLong(columns[3]),
                                        Long.parseLong(columns[4]),
                                        Long.parseLong(columns[5]),
                                        Long.parseLong(columns[6]),
                                        Long.parseLong(columns[7]),
                                        columns[8]));
                    }
                }
            }
        }
        return results;
    }

    static void append(Path file, ProofCell cell, Outcome outcome) throws IOException {
        String line = Stream.of(
                        cell.model(),
                        cell.kind().name(),
                        cell.source(),
                        outcome.texts(),
                        outcome.refused(),
                        outcome.bytes(),
                        outcome.tokens(),
                        outcome.differ(),
                        outcome.fingerprint(),
                        END)
                .map(Object::toString)
                .collect(Collectors.joining(SEPARATOR));
        Files.writeString(file, line + "\n", CREATE, APPEND);
    }

    /** A table in Markdown: a line a model, a column a kind: how many texts, how large, and how many of them differ. */
    static String table(Map<ProofCell, Outcome> results) {
        Map<String, Map<Kind, Outcome>> sums = new TreeMap<>();
        results.forEach((cell, outcome) -> sums.computeIfAbsent(cell.model(), model -> new TreeMap<>())
                .merge(cell.kind(), outcome, Outcome::plus));
        StringBuilder table = new StringBuilder("| model |");
        List<Kind> kinds = List.of(Kind.values());
        kinds.forEach(kind -> table.append(' ').append(kind.title()).append(" |"));
        table.append("\n|").append("---|".repeat(kinds.size() + 1)).append('\n');
        sums.forEach((model, row) -> {
            table.append("| ").append(model).append(" |");
            kinds.forEach(kind -> table.append(' ')
                    .append(text(row.getOrDefault(kind, Outcome.NOTHING)))
                    .append(" |"));
            table.append('\n');
        });
        Outcome all = results.values().stream().reduce(Outcome.NOTHING, Outcome::plus);
        return table + "altogether: " + text(all) + "\n";
    }

    private static String text(Outcome outcome) {
        if (outcome.texts() == 0) {
            return "–";
        }
        return "%,d (%,.1f MB)%s%s"
                .formatted(
                        outcome.texts(),
                        outcome.bytes() / 1e6,
                        outcome.refused() == 0 ? "" : ", %,d refused".formatted(outcome.refused()),
                        outcome.differ() == 0 ? "" : ", **%,d differ**".formatted(outcome.differ()));
    }
}
