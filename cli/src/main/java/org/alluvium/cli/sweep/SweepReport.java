package org.alluvium.cli.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.alluvium.contracts.error.StorageException;

/**
 * All runs of a sweep side by side, as they stand: {@code report.csv}, a line a run (RFC 4180), and {@code report.svg}, their
 * curves.
 *
 * @param rows in the order of the grid
 */
public record SweepReport(Grid grid, List<Row> rows) {

    public static final String TABLE = "report.csv";
    public static final String PLOT = "report.svg";

    public SweepReport {
        rows = List.copyOf(rows);
    }

    /** Where a run stands. */
    public enum State {
        WAITING,
        UNFINISHED,
        FINISHED,
        FAILED
    }

    /** One run. */
    public record Row(Grid.Point point, State state, Outcome outcome) {}

    /** Finished runs, those that learned most first. */
    public List<Row> ranked() {
        return rows.stream()
                .filter(row -> row.state() == State.FINISHED)
                .filter(row -> row.outcome().score().isPresent())
                .sorted(Comparator.comparingDouble(row -> row.outcome().score().getAsDouble()))
                .toList();
    }

    /** The table. */
    String csv() {
        List<String> heading = new ArrayList<>();
        grid.axes().forEach(axis -> heading.add(axis.key()));
        heading.addAll(List.of(
                "state",
                "step",
                "tokens",
                "seconds",
                "tokensPerSecond",
                "trainBitsPerByte",
                "heldOutBitsPerByte",
                "run"));
        StringBuilder table = new StringBuilder(line(heading));
        rows.forEach(row -> table.append(line(cells(row))));
        return table.toString();
    }

    private List<String> cells(Row row) {
        Outcome outcome = row.outcome();
        List<String> cells = new ArrayList<>();
        grid.axes().forEach(axis -> cells.add(row.point().settings().get(axis.key())));
        cells.add(row.state().name().toLowerCase(Locale.ROOT));
        cells.add(Long.toString(outcome.step()));
        cells.add(Long.toString(outcome.tokens()));
        cells.add(decimal("%.1f", OptionalDouble.of(outcome.seconds())));
        cells.add(decimal("%.0f", OptionalDouble.of(outcome.tokensPerSecond())));
        cells.add(decimal("%.4f", outcome.trainedAtEnd()));
        cells.add(decimal("%.4f", outcome.heldOutAtEnd()));
        cells.add(row.point().folder());
        return cells;
    }

    private static String decimal(String format, OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, format, number.getAsDouble()) : "";
    }

    private static String line(List<String> cells) {
        return cells.stream().map(SweepReport::quoted).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** The picture: the course of every run that has one, the best first. */
    String svg() {
        List<CurvePlot.Series> series = rows.stream()
                .filter(row -> !row.outcome().course().isEmpty())
                .sorted(Comparator.comparingDouble(row -> row.outcome().score().orElse(Double.POSITIVE_INFINITY)))
                .map(row ->
                        new CurvePlot.Series(row.point().words(), row.outcome().course()))
                .toList();
        return CurvePlot.svg(series);
    }

    /** Writes both files, into a folder that it creates; readers see the old ones or the new ones. */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw StorageException.of("create the folder of the sweep", folder, e);
        }
        replace(folder.resolve(TABLE), csv());
        replace(folder.resolve(PLOT), svg());
    }

    private static void replace(Path file, String content) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StorageException.of("write the report", file, e);
        }
    }
}
