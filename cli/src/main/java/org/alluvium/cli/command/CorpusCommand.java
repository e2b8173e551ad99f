package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks into a corpus. */
@Command(
        name = "corpus",
        description = "Look into a corpus: its log, its documents, what was left out and why, and whether it is whole.",
        subcommands = {
            CorpusCatCommand.class,
            CorpusVerifyCommand.class,
            CorpusFunnelCommand.class,
            CorpusRejectsCommand.class,
            CorpusExplainCommand.class,
            CorpusIndexCommand.class
        },
        footer = {
            "  ./alluvium corpus stats --corpus .alluvium/demo/corpus",
            "  ./alluvium corpus cat --corpus .alluvium/demo/corpus --limit 3"
        })
final class CorpusCommand extends CommandGroup {

    @Command(
            name = "log",
            description = "List the entries of the shard log.",
            footer = "  ./alluvium corpus log --corpus .alluvium/demo/corpus --json")
    int log(
            @Mixin CorpusOption corpus,
            @Option(names = "--json", description = "Print one JSON object a line.") boolean json) {
        List<LogEntry> entries = StoreShardLog.of(corpus.layout()).readFrom(0);
        PrintWriter out = out();
        if (json) {
            entries.forEach(entry -> out.println(Json.line(fields(entry))));
        } else {
            Table table =
                    new Table("entry", "created", "writer", "shards", "documents", "tokens", "bytes", "refused", "");
            entries.forEach(entry -> addRow(table, entry));
            table.print(out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    @Command(
            name = "stats",
            description = "Add up the log: documents by source, tokens, bytes, duplicates, refusals by reason.",
            footer = "  ./alluvium corpus stats --corpus .alluvium/demo/corpus --json")
    int stats(
            @Mixin CorpusOption corpus,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        CorpusLayout layout = corpus.layout();
        Map<String, Object> stats = stats(StoreShardLog.of(layout).readFrom(0));
        PrintWriter out = out();
        if (json) {
            out.println(Json.text(stats));
        } else {
            out.println(layout.root());
            stats.forEach((name, value) -> out.printf("  %-12s %s%n", name, words(name, value)));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static void addRow(Table table, LogEntry entry) {
        String sequence = Long.toString(entry.sequence());
        String created = entry.createdAt().toString();
        String writer = Long.toString(entry.writerEpoch());
        switch (entry) {
            case LogEntry.Fence fence -> {
                String what = fence.restoredCheckpointId() < 0
                        ? "fence: a fresh job"
                        : "fence: restored from checkpoint " + fence.restoredCheckpointId();
                String family = fence.family()
                        .map(recipe -> ", family " + recipe.name())
                        .orElse("");
                table.add(sequence, created, writer, "", "", "", "", "", what + family);
            }
            case LogEntry.Commit commit -> {
                List<ShardFile> shards = commit.shards();
                table.add(
                        sequence,
                        created,
                        writer,
                        Units.count(shards.size()),
                        Units.count(shards.stream().mapToLong(ShardFile::rows).sum()),
                        Units.count(shards.stream().mapToLong(ShardFile::tokens).sum()),
                        Units.bytes(shards.stream().mapToLong(ShardFile::bytes).sum()),
                        Units.count(sum(commit.funnel().rejected())),
                        commit.endOfInput() ? "end of input" : "");
            }
            case LogEntry.Takedown takedown ->
                table.add(sequence, created, writer, "", "", "", "", "", "takedown: " + words(takedown));
            case LogEntry.Rewrite rewrite -> {
                int files = rewrite.shards().size() + rewrite.records().size();
                table.add(sequence, created, writer, "", "", "", "", "", "rewrite: " + files + " files replaced");
            }
        }
    }

    private static String words(LogEntry.Takedown takedown) {
        Selector first = takedown.selectors().getFirst();
        int others = takedown.selectors().size() - 1;
        return first.words() + (others == 0 ? "" : " and " + others + " more") + ", " + takedown.reason();
    }

    private static Map<String, Object> fields(LogEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sequence", entry.sequence());
        fields.put("createdAt", entry.createdAt().toString());
        fields.put("writerEpoch", entry.writerEpoch());
        fields.put("lineage", entry.lineage());
        switch (entry) {
            case LogEntry.Fence fence -> {
                fields.put("kind", "fence");
                fields.put("restoredCheckpointId", fence.restoredCheckpointId());
                fence.family().ifPresent(family -> fields.put("family", family));
            }
            case LogEntry.Commit commit -> {
                fields.put("kind", "commit");
                fields.put("flinkCheckpointId", commit.flinkCheckpointId());
                fields.put("shards", commit.shards());
                fields.put("deadLetters", commit.deadLetters());
                fields.put("rejects", commit.rejects());
                fields.put("changes", commit.changes());
                fields.put("mixture", commit.mixture());
                fields.put("sourcePositions", commit.sourcePositions());
                fields.put("funnel", commit.funnel());
                commit.freshness().ifPresent(freshness -> fields.put("freshness", freshness));
                fields.put("endOfInput", commit.endOfInput());
            }
            case LogEntry.Takedown takedown -> {
                fields.put("kind", "takedown");
                fields.put(
                        "selectors",
                        takedown.selectors().stream().map(Selector::words).toList());
                fields.put("reason", takedown.reason());
            }
            case LogEntry.Rewrite rewrite -> {
                fields.put("kind", "rewrite");
                fields.put("through", rewrite.through());
                fields.put("shards", rewrite.shards());
                fields.put("records", rewrite.records());
            }
        }
        return fields;
    }

    private static Map<String, Object> stats(List<LogEntry> entries) {
        Funnel funnel = Funnel.EMPTY;
        Map<String, Long> bySource = new TreeMap<>();
        long shards = 0;
        long tokens = 0;
        long bytes = 0;
        long changes = 0;
        for (LogEntry entry : entries) {
            if (entry instanceof LogEntry.Commit commit) {
                funnel = funnel.plus(commit.funnel());
                shards += commit.shards().size();
                changes += commit.changes().stream()
                        .mapToLong(LogEntry.RecordFile::records)
                        .sum();
                for (ShardFile shard : commit.shards()) {
                    tokens += shard.tokens();
                    bytes += shard.bytes();
                    shard.rowsPerSource().forEach((source, rows) -> bySource.merge(source, rows, Long::sum));
                }
            }
        }
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("entries", (long) entries.size());
        stats.put("shards", shards);
        stats.put("bytes", bytes);
        stats.put("tokens", tokens);
        stats.put("read", funnel.read());
        stats.put("accepted", funnel.accepted());
        stats.put("duplicates", funnel.duplicates());
        stats.put("rejected", new TreeMap<>(funnel.rejected()));
        stats.put("skipped", new TreeMap<>(funnel.skipped()));
        stats.put("deleted", funnel.deleted());
        stats.put("edits", new TreeMap<>(funnel.edits()));
        stats.put("changes", changes);
        stats.put("sources", bySource);
        return stats;
    }

    private static String words(String name, Object value) {
        if (value instanceof Map<?, ?> counts) {
            return counts.isEmpty()
                    ? "none"
                    : counts.toString().replaceAll("[{}]", "").replace("=", " ");
        }
        long number = ((Number) value).longValue();
        return name.equals("bytes") ? Units.bytes(number) : Units.count(number);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
