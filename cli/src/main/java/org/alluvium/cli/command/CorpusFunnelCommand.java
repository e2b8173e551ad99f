package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.contracts.log.StoreShardLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what became of all records that were read. */
@Command(
        name = "funnel",
        description =
                "Show what became of all records: accepted, duplicates, rejected by rule; what was changed; epochs.",
        footer = {
            "  ./alluvium corpus funnel --corpus .alluvium/demo/corpus",
            "  ./alluvium corpus funnel --json | jq .rejected"
        })
final class CorpusFunnelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Funnel funnel = Funnel.EMPTY;
        List<MixtureShare> shares = new ArrayList<>();
        for (LogEntry entry : StoreShardLog.of(corpus.layout()).readFrom(0)) {
            if (entry instanceof LogEntry.Commit commit) {
                funnel = funnel.plus(commit.funnel());
                shares.addAll(commit.mixture());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(fields(funnel, MixtureShare.sum(shares))));
        } else {
            print(funnel, MixtureShare.sum(shares), out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static Map<String, Object> fields(Funnel funnel, List<MixtureShare> shares) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("read", funnel.read());
        fields.put("accepted", funnel.accepted());
        fields.put("duplicates", ranked(funnel.duplicatesByKind()));
        fields.put("rejected", ranked(funnel.rejected()));
        fields.put("skipped", ranked(funnel.skipped()));
        fields.put("deleted", funnel.deleted());
        fields.put("edits", ranked(funnel.edits()));
        fields.put("mixture", shares);
        return fields;
    }

    private static void print(Funnel funnel, List<MixtureShare> shares, PrintWriter out) {
        Table table = new Table("what became of them", "records", "share");
        row(table, "read", funnel.read(), funnel.read());
        ranked(funnel.skipped()).forEach((reason, count) -> row(table, "skipped: " + reason, count, funnel.read()));
        row(table, "deleted", funnel.deleted(), funnel.read());
        ranked(funnel.rejected()).forEach((reason, count) -> row(table, "rejected: " + reason, count, funnel.read()));
        ranked(funnel.duplicatesByKind())
                .forEach((kind, count) -> row(table, "duplicate: " + kind, count, funnel.read()));
        row(table, "accepted", funnel.accepted(), funnel.read());
        table.print(out);
        if (!funnel.edits().isEmpty()) {
            out.println();
            Table edits = new Table("what was changed", "times");
            ranked(funnel.edits()).forEach((edit, count) -> edits.add(edit, Units.count(count)));
            edits.print(out);
        }
        if (!shares.isEmpty()) {
            out.println();
            printMixture(shares, out);
        }
    }

    private static void printMixture(List<MixtureShare> shares, PrintWriter out) {
        Table table = new Table("source", "documents", "trained on", "epochs", "wanted");
        for (MixtureShare share : shares) {
            table.add(
                    share.source(),
                    Units.count(share.documents()),
                    Units.count(share.repeats()),
                    Units.decimal((double) share.repeats() / Math.max(1, share.documents()), 3),
                    Units.decimal(share.epochs(), 3));
        }
        table.print(out);
    }

    private static void row(Table table, String name, long count, long of) {
        table.add(name, Units.count(count), Units.decimal(100.0 * count / Math.max(1, of), 2) + " %");
    }

    /** Most frequent first. */
    private static Map<String, Long> ranked(Map<String, Long> counts) {
        Map<String, Long> ranked = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> ranked.put(entry.getKey(), entry.getValue()));
        return ranked;
    }
}
