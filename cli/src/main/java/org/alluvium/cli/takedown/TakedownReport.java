package org.alluvium.cli.takedown;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.flink.takedown.Sweep;
import org.alluvium.flink.takedown.TakenRow;
import org.alluvium.trainer.journal.LearnedFrom;

/** Gathers what is said of a takedown. Not thread-safe. */
public final class TakedownReport {

    /** Documents that are named; of more there is a count. */
    private static final int MOST_NAMED = 20;

    private final List<TakenRow> rows = new ArrayList<>();
    private final List<RunLayout> runs;
    private Optional<Sweep.Counts> counts = Optional.empty();
    private OptionalLong takedown = OptionalLong.empty();

    /** @param runs that may have learned from the documents, and their branches */
    public TakedownReport(List<RunLayout> runs) {
        this.runs = List.copyOf(runs);
    }

    /** A document was found. */
    public void add(TakenRow row) {
        rows.add(row);
    }

    /** What was found does not count. */
    public void clear() {
        rows.clear();
    }

    /** The log has this takedown, or has none that is newer. */
    public void holds(long sequence) {
        takedown = OptionalLong.of(sequence);
    }

    /** All was found. */
    public void complete(Sweep.Counts all) {
        counts = Optional.of(all);
    }

    /** The report for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                rows.isEmpty()
                        ? "No document of the corpus is concerned; none that is can come."
                        : Units.count(rows.size()) + (rows.size() == 1 ? " document, " : " documents, ")
                                + Units.count(tokens()) + " tokens: " + perSource());
        rows.stream().limit(MOST_NAMED).forEach(row -> lines.add("  " + words(row)));
        if (rows.size() > MOST_NAMED) {
            lines.add("  and " + Units.count(rows.size() - MOST_NAMED) + " more; --json names them all");
        }
        counts.ifPresent(done -> lines.add("Written again: " + Units.count(done.shards()) + " shards, "
                + Units.count(done.letters()) + " files of dead letters, " + Units.count(done.rejects())
                + " of rejects, "
                + Units.count(done.changes()) + " of changes; " + Units.count(done.replayed())
                + " letters that were fed back are emptied"));
        learned().forEach(run -> lines.addAll(run.lines()));
        return lines;
    }

    /**
     * What each run has of the documents. They are known by their rows; a line of a journal that does not note these is gone by
     * the id, which another version of the document may have as well.
     */
    private List<RunReport> learned() {
        Set<RowPlace> places = rows.stream().map(TakenRow::place).collect(Collectors.toSet());
        Set<String> ids = rows.stream().map(TakenRow::id).collect(Collectors.toSet());
        return runs.stream()
                .map(run -> new RunReport(
                        run,
                        LearnedFrom.of(
                                run,
                                runs,
                                part -> part.row().map(places::contains).orElseGet(() -> ids.contains(part.id()))),
                        takedown))
                .toList();
    }

    private static String words(TakenRow row) {
        return row.id() + " of " + row.source() + ", entry " + row.entry() + ", shard " + row.shard() + ", row "
                + row.row() + row.url().map(url -> ", " + url).orElse("");
    }

    private long tokens() {
        return rows.stream().mapToLong(TakenRow::tokens).sum();
    }

    private String perSource() {
        Map<String, Long> perSource = new TreeMap<>();
        rows.forEach(row -> perSource.merge(row.source(), 1L, Long::sum));
        List<String> words = new ArrayList<>();
        perSource.forEach((source, count) -> words.add(source + " " + Units.count(count)));
        return String.join(", ", words);
    }

    /** The report for programs. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("documents", rows.stream().map(TakedownReport::fields).toList());
        fields.put("tokens", tokens());
        counts.ifPresent(done -> fields.put("written", done));
        fields.put("runs", learned().stream().map(RunReport::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(TakenRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", row.id());
        fields.put("source", row.source());
        row.url().ifPresent(url -> fields.put("url", url));
        fields.put("contentHash", row.contentHash().toString());
        fields.put("entry", row.entry());
        fields.put("shard", row.shard());
        fields.put("row", row.row());
        fields.put("tokens", row.tokens());
        return fields;
    }
}
