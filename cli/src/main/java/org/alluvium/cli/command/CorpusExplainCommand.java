package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.corpus.Opinions;
import org.alluvium.cli.corpus.SourceSearch;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.FilterChain.Explanation;
import org.alluvium.ingest.filter.FilterChain.Opinion;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.recipe.Recipe;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.Rejects;
import org.alluvium.ingest.text.TextRepair;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks every configured filter about one document, and shows what each measured beside what it demands. */
@Command(
        name = "explain",
        description = {
            "Ask every configured filter about one document, and show each value beside its threshold.",
            "",
            "A document is looked for by its id among the rejects that were kept, then in the local folders of the",
            "sources. What has white space in it is a text, and so is one word with --text; - is standard input."
        },
        footer = {"  ./alluvium corpus explain crawl-000017", "  ./alluvium corpus explain --language en - < page.txt"})
final class CorpusExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Parameters(paramLabel = "ID|TEXT|-", description = "Id of a document, or a text, or - for one on standard input.")
    private String what;

    @Option(names = "--text", description = "Take it for a text, even if it is one word.")
    private boolean text;

    @Option(names = "--language", paramLabel = "TAG", description = "Language of the text, as BCP 47 writes it.")
    private Optional<String> language = Optional.empty();

    @Option(names = "--url", paramLabel = "URL", description = "Address of the text.")
    private Optional<String> url = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** A document and where it was found. */
    private record Found(Document document, String where) {}

    @Override
    public Integer call() {
        AlluviumConfig config = options.load();
        Found found = look(config);
        Explanation explanation = Recipe.of(config.filters()).explain(found.document());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(fields(found, explanation)));
        } else {
            print(found, explanation, out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private Found look(AlluviumConfig config) {
        if (what.equals("-")) {
            return given(StandardInput.text(), "standard input");
        }
        return text || what.chars().anyMatch(Character::isWhitespace) ? given(what, "command line") : find(config);
    }

    private Found given(String content, String origin) {
        Document document = new Document(
                "text", "text", origin, url, TextRepair.repair(content).text(), 0, language, Map.of());
        return new Found(document, "as given");
    }

    private Found find(AlluviumConfig config) {
        CorpusLayout layout = CorpusLayout.of(config);
        boolean begun = !layout.isLocal() || Files.isDirectory(layout.log());
        return (begun ? findRejected(layout) : Optional.<Found>empty())
                .or(() -> new SourceSearch(config.sources(), config.ingest().maxLineBytes())
                        .find(what)
                        .map(document -> new Found(document, "from its source")))
                .orElseThrow(() -> new UnavailableException(
                        "there is no document '" + what + "' "
                                + (begun ? "among the rejects that were kept, nor " : "")
                                + "in a local folder of the sources"
                                + (begun ? "" : ", and no corpus yet in " + layout.root()),
                        options.file().toString(),
                        "Give its text instead, with --text if it is one word, or - for standard input"));
    }

    private Optional<Found> findRejected(CorpusLayout layout) {
        return new Rejects(layout, StoreShardLog.of(layout))
                .find(what)
                .filter(Reject::isWhole)
                .map(reject -> new Found(reject.document(), "from the rejects, as it came to " + reject.filter()));
    }

    private static void print(Found found, Explanation explanation, PrintWriter out) {
        Document document = found.document();
        String text = document.text();
        out.printf(
                "%s of %s, %s: %s characters, language %s, %s%n%n",
                document.id(),
                document.source(),
                document.origin(),
                Units.count(text.codePointCount(0, text.length())),
                explanation.judgement().subject().language().orElse("unknown"),
                found.where());
        print(explanation.opinions(), out);
        out.println();
        out.println(Opinions.words(explanation.judgement()));
    }

    /** A table of what each filter measured. */
    static void print(List<Opinion> opinions, PrintWriter out) {
        Table table = new Table("filter", "rule", "value", "must be", "");
        opinions.forEach(opinion -> addRows(table, opinion));
        table.print(out);
    }

    private static void addRows(Table table, Opinion opinion) {
        for (Finding finding : opinion.findings()) {
            table.add(
                    opinion.filter(),
                    finding.rule(),
                    FindingText.number(finding.value()),
                    FindingText.bound(finding),
                    finding.fails() ? "fails" : "");
        }
        switch (opinion.decision()) {
            case Decision.Keep keep -> {
                if (opinion.findings().isEmpty()) {
                    table.add(opinion.filter(), "", "", "", "keeps");
                }
            }
            case Decision.Change change -> table.add(opinion.filter(), "", "", "", "changes " + words(change));
            case Decision.Drop drop ->
                table.add(opinion.filter(), "", "", "", "drops: " + drop.reason() + detail(drop));
        }
    }

    private static String words(Decision.Change change) {
        return change.edits().isEmpty() ? "a label" : change.edits().toString().replaceAll("[{}]", "");
    }

    private static String detail(Decision.Drop drop) {
        return drop.detail().isEmpty() ? "" : " (" + drop.detail() + ")";
    }

    private static Map<String, Object> fields(Found found, Explanation explanation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", found.document().id());
        fields.put("source", found.document().source());
        fields.put("origin", found.document().origin());
        fields.put("where", found.where());
        explanation.judgement().subject().language().ifPresent(tag -> fields.put("language", tag));
        fields.put(
                "filters", explanation.opinions().stream().map(Opinions::fields).toList());
        fields.put("verdict", Opinions.words(explanation.judgement()));
        return fields;
    }
}
