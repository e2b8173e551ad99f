package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.alluvium.cli.trace.DocumentTrace;
import org.alluvium.cli.trace.SourceTrace;
import org.alluvium.cli.trace.StoredFacts;
import org.alluvium.cli.trace.Verdicts;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.lineage.DocumentSearch;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.lineage.StoredDocument;
import org.alluvium.dashboard.probe.DocumentLoss;
import org.alluvium.dashboard.probe.LoadedModel;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what became of a document. */
@Command(
        name = "doc",
        description = {
            "Tell what became of a document: when it was read, its row in the corpus or why it has none, the verdicts of the filters,"
                    + " the steps that learned from it with what was lost on it then, and its loss under the newest checkpoint.",
            "",
            "Documents are found by an index in the corpus folder, which is brought up to date first. Dropped documents are known as"
                    + " far as rejects are kept; of what was taken down, the reason and the steps are told."
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

    @Option(names = "--no-loss", description = "Do not load the newest checkpoint to tell the loss under it.")
    private boolean noLoss;

    @Override
    public Integer call() {
        RunLayout run = options.run();
        CorpusLayout corpus = options.corpus();
        DocumentSearch search = new DocumentSearch(corpus);
        new IndexProgress(spec.commandLine().getErr()).follow(search.index());
        List<Checkpoint> checkpoints = TraceOptions.checkpoints(run);
        List<Map<String, Object>> found;
        try (LoadedModel model = new LoadedModel()) {
            Function<StoredDocument, Map<String, Object>> facts =
                    document -> facts(document, search, corpus, checkpoints, model);
            found = new ArrayList<>(new DocumentTrace(search, new JournalSearch(run.journal()), facts).of(name));
        }
        if (found.isEmpty()) {
            options.configured()
                    .flatMap(config -> SourceTrace.of(name, config, search))
                    .ifPresent(found::add);
        }
        if (found.isEmpty()) {
            throw unknown(search, corpus);
        }
        print(found, search.named(name).cut());
        return ExitCode.OK.code();
    }

    private UnavailableException unknown(DocumentSearch search, CorpusLayout corpus) {
        return new UnavailableException(
                "there is no document '" + name + "' among "
                        + Units.count(search.index().state().records())
                        + " rows, rejects that were kept, dead letters and changes, nor in a local folder of the sources",
                corpus.toString(),
                "Check the name; an exact duplicate is found by its content hash, as 'corpus explain' tells it");
    }

    /** What is told of a document that was kept, besides its steps. */
    private Map<String, Object> facts(
            StoredDocument document,
            DocumentSearch search,
            CorpusLayout corpus,
            List<Checkpoint> checkpoints,
            LoadedModel model) {
        Map<String, Object> facts = new LinkedHashMap<>(StoredFacts.of(document, search, corpus));
        if (!checkpoints.isEmpty()) {
            Checkpoint newest = checkpoints.getFirst();
            Vocabulary vocabulary = model.vocabulary(newest);
            Optional<int[]> tokens = search.tokens(document.place(), vocabulary);
            Object rules = facts.get("rulesDigest");
            Optional<AlluviumConfig> config = options.configured();
            if (tokens.isPresent() && rules != null && config.isPresent()) {
                String text = vocabulary.decode(tokens.get());
                facts.putAll(new Verdicts(config.get())
                        .of(document, text, rules.toString())
                        .fields());
            }
            if (!noLoss && tokens.isPresent()) {
                facts.put("lossNow", lossNow(DocumentLoss.of(model, newest, tokens.get())));
            }
        }
        return facts;
    }

    private static Map<String, Object> lossNow(DocumentLoss loss) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", loss.step());
        fields.put("lossPerToken", loss.lossPerToken());
        fields.put("bitsPerByte", loss.bitsPerByte());
        fields.put("tokens", loss.tokens());
        fields.put("of", loss.of());
        return fields;
    }

    private void print(List<Map<String, Object>> found, boolean cut) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("documents", found);
            fields.put("cut", cut);
            out.println(Json.text(fields));
        } else {
            found.forEach(facts -> print(facts, out));
            if (cut) {
                out.println("There are more documents of that name; an id or an origin tells them apart");
            }
        }
        out.flush();
    }

    private static void print(Map<String, Object> facts, PrintWriter out) {
        facts.forEach((key, value) -> {
            if (value instanceof List<?> lines) {
                out.println(key + (lines.isEmpty() ? ": none" : ""));
                lines.forEach(line -> out.println("  " + (line instanceof Map<?, ?> map ? words(map) : line)));
            } else {
                out.printf("%-16s %s%n", key, value instanceof Map<?, ?> map ? words(map) : value);
            }
        });
        if (facts.containsKey("stepsCut")) {
            out.println("There are more steps than are listed; 'alluvium trace checkpoint' looks at a range of them");
        }
        out.println();
    }

    private static String words(Map<?, ?> fields) {
        List<String> words = new ArrayList<>();
        fields.forEach((key, value) -> words.add(key + " " + value));
        return String.join(", ", words);
    }
}
