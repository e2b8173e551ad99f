package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.alluvium.cli.trace.StoredFacts;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.lineage.StoredDocument;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.Rejects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what became of a document. */
@Command(
        name = "doc",
        description = {
            "Tell what became of a document: its row in the corpus and the steps that learned from it with what was lost on it,"
                    + " or the filter that dropped it.",
            "",
            "Rows are read one after another, at most 200,000 of them. Dropped documents are known as far as rejects are kept."
        },
        footer = {
            "  ./alluvium trace doc crawl-000017 --config alluvium.yaml",
            "  ./alluvium trace doc https://example.org/page --run .alluvium/demo/run --corpus .alluvium/demo/corpus --json"
        })
final class TraceDocCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TraceOptions options;

    @Parameters(paramLabel = "ID|URL|ORIGIN", description = "Id, address, origin or content hash of the document.")
    private String name;

    @Override
    public Integer call() {
        RunLayout run = options.run();
        CorpusLayout corpus = options.corpus();
        DocumentSearch search = new DocumentSearch(corpus);
        DocumentSearch.Matches matches = search.named(name);
        List<Map<String, Object>> found = new ArrayList<>();
        JournalSearch journal = new JournalSearch(run.journal());
        for (StoredDocument document : matches.documents()) {
            Map<String, Object> facts = StoredFacts.of(document, search, corpus);
            facts.put("steps", steps(journal.document(document.id())));
            found.add(facts);
        }
        if (found.isEmpty()) {
            new Rejects(corpus, StoreShardLog.of(corpus))
                    .find(name)
                    .map(TraceDocCommand::fields)
                    .ifPresent(found::add);
        }
        if (found.isEmpty()) {
            throw new UnavailableException(
                    "there is no document '" + name + "' among " + Units.count(matches.rows())
                            + " rows, nor among the rejects that were kept"
                            + (matches.cut() ? "; there are more rows than were looked at" : ""),
                    corpus.toString(),
                    "Check the name; 'alluvium deadletters list' has records that were refused before they had one");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(Json.text(Map.of("documents", found)));
        } else {
            found.forEach(facts -> print(facts, out));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static List<Map<String, Object>> steps(JournalSearch.Found steps) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (JournalSearch.Step step : steps.steps()) {
            for (JournalSearch.Part part : step.documents()) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("step", step.step());
                fields.put("from", part.from());
                fields.put("tokens", part.tokens());
                part.lossSum().ifPresent(sum -> fields.put("lossSum", sum));
                if (!step.skipped().isEmpty()) {
                    fields.put("skipped", step.skipped());
                }
                all.add(fields);
            }
        }
        return all;
    }

    private static Map<String, Object> fields(Reject reject) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("document", reject.document().id());
        fields.put("source", reject.document().source());
        fields.put("origin", reject.document().origin());
        fields.put("contentHash", reject.hash().toString());
        fields.put("droppedBy", reject.filter());
        fields.put("reason", reject.reason());
        fields.put("detail", reject.detail());
        fields.put(
                "findings", reject.findings().stream().map(FindingText::fields).toList());
        return fields;
    }

    private static void print(Map<String, Object> facts, PrintWriter out) {
        facts.forEach((key, value) -> {
            if (value instanceof List<?> lines) {
                out.println(key);
                lines.forEach(line -> out.println("  " + line));
            } else {
                out.printf("%-16s %s%n", key, value);
            }
        });
        out.println();
    }
}
