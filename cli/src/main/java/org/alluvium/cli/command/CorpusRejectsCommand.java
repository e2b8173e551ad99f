package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.corpus.Opinions;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.Rejects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a sample of what filters dropped. */
@Command(
        name = "rejects",
        description = {
            "Print documents that filters dropped: why, what was measured, and how they begin.",
            "",
            "A sample of each reason is kept; 'corpus funnel' has the counts of all."
        },
        footer = {
            "  ./alluvium corpus rejects --reason gopher_quality --limit 5",
            "  ./alluvium corpus rejects --json | jq -r .text"
        })
final class CorpusRejectsCommand implements Callable<Integer> {

    private static final int EXCERPT = 300;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Option(
            names = "--reason",
            paramLabel = "FILTER[.RULE]",
            description = "Only what this filter, or this rule of it, dropped.")
    private Optional<String> reason = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "At most N documents of each reason (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print one JSON object a line, with all of the text that was kept.")
    private boolean json;

    @Override
    public Integer call() {
        CorpusLayout layout = corpus.layout();
        PrintWriter out = spec.commandLine().getOut();
        new Rejects(layout, StoreShardLog.of(layout)).sample(limit, reject -> {
            if (isWanted(reject)) {
                if (json) {
                    out.println(Json.line(fields(reject)));
                } else {
                    print(reject, out);
                }
            }
        });
        out.flush();
        return ExitCode.OK.code();
    }

    private boolean isWanted(Reject reject) {
        return reason.isEmpty()
                || reject.filter().equals(reason.get())
                || reject.cause().equals(reason.get());
    }

    private static void print(Reject reject, PrintWriter out) {
        Document document = reject.document();
        out.printf(
                "== %s  %s of %s, %s%s%n",
                reject.cause(),
                document.id(),
                document.source(),
                document.origin(),
                document.url().map(url -> "  " + url).orElse(""));
        if (!reject.detail().isEmpty()) {
            out.println("   " + reject.detail());
        }
        List<Finding> findings = reject.findings();
        if (!findings.isEmpty()) {
            out.println("   " + FindingText.of(findings.getLast()));
        }
        out.println(excerpt(reject));
        out.println();
    }

    private static String excerpt(Reject reject) {
        String text = reject.document().text().strip();
        int end = text.offsetByCodePoints(0, Math.min(EXCERPT, text.codePointCount(0, text.length())));
        String more =
                end < text.length() || !reject.isWhole() ? " … (" + Units.count(reject.length()) + " characters)" : "";
        return text.substring(0, end) + more;
    }

    private static Map<String, Object> fields(Reject reject) {
        Document document = reject.document();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", document.id());
        fields.put("source", document.source());
        fields.put("origin", document.origin());
        document.url().ifPresent(url -> fields.put("url", url));
        fields.put("eventTime", Instant.ofEpochMilli(document.eventTimeMillis()).toString());
        document.language().ifPresent(language -> fields.put("language", language));
        fields.put("contentHash", reject.hash().toString());
        fields.put("filter", reject.filter());
        fields.put("reason", reject.reason());
        fields.put("detail", reject.detail());
        fields.put("findings", reject.findings().stream().map(Opinions::fields).toList());
        fields.put("length", reject.length());
        fields.put("text", document.text());
        return fields;
    }
}
