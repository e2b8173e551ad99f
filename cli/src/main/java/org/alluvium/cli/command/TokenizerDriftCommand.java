package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.report.Drift;
import org.alluvium.tokenizer.report.Drift.Departure;
import org.alluvium.tokenizer.report.Drift.Figure;
import org.alluvium.tokenizer.report.Tally;
import org.alluvium.tokenizer.report.VocabularyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells how the figures of a vocabulary change along a corpus. */
@Command(
        name = "drift",
        description = "Tell entry by entry of a corpus's log what a token holds, and where that left its band.",
        footer = {
            "  ./alluvium tokenizer drift --corpus .alluvium/demo/corpus",
            "  ./alluvium tokenizer drift --corpus .alluvium/demo/corpus --json --from 1000 | jq -c 'select(.departures != [])'"
        })
final class TokenizerDriftCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CorpusOption corpus;

    @Mixin
    private VocabularyOption vocabularyOption;

    @Option(
            names = "--from",
            paramLabel = "N",
            defaultValue = "0",
            description = "Begin with entry N; the mean is over what is after it.")
    private long from;

    @Option(
            names = "--band",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description =
                    "Bytes per token may be so much more or less than the mean so far (default: ${DEFAULT-VALUE}).")
    private double band;

    @Option(
            names = "--fallback-band",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description =
                    "The share of byte tokens may be so much more than in all so far (default: ${DEFAULT-VALUE}).")
    private double fallbackBand;

    @Option(
            names = "--least-tokens",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Entries with fewer tokens are not judged (default: ${DEFAULT-VALUE}).")
    private long leastTokens;

    @Option(names = "--json", description = "Print one JSON object a line for every entry.")
    private boolean json;

    @Override
    public Integer call() {
        CorpusLayout layout = corpus.layout();
        Vocabulary vocabulary = vocabularyOption.load();
        CorpusTexts texts = new CorpusTexts(layout, vocabulary);
        Drift drift = drift();
        PrintWriter out = spec.commandLine().getOut();
        Table table = new Table("entry", "texts", "tokens", "bytes/token", "byte tokens %", "");
        for (LogEntry entry : StoreShardLog.of(layout).readFrom(from)) {
            if (entry instanceof LogEntry.Commit commit) {
                VocabularyReport report = new VocabularyReport(vocabulary);
                Tally tally = texts.addTo(report, commit);
                List<Departure> departures = drift.add(tally);
                if (json) {
                    out.println(Json.line(event(commit, report, tally, departures)));
                } else {
                    addRow(table, commit, tally, departures);
                }
            }
        }
        if (!json) {
            table.print(out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private Drift drift() {
        try {
            return new Drift(band, fallbackBand, leastTokens);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Map<String, Object> event(
            LogEntry.Commit commit, VocabularyReport report, Tally tally, List<Departure> departures) {
        Map<String, Object> languages = new LinkedHashMap<>();
        report.byLanguage().forEach((language, part) -> languages.put(language, VocabularyReportView.fields(part)));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("time", commit.createdAt().toString());
        event.put("type", "vocabulary");
        event.put("sequence", commit.sequence());
        event.putAll(VocabularyReportView.fields(tally));
        event.put("languages", languages);
        event.put(
                "departures",
                departures.stream()
                        .map(departure -> Map.of(
                                "figure", name(departure.figure()),
                                "value", departure.value(),
                                "mean", departure.mean()))
                        .toList());
        return event;
    }

    private static void addRow(Table table, LogEntry.Commit commit, Tally tally, List<Departure> departures) {
        table.add(
                Long.toString(commit.sequence()),
                Units.count(tally.texts()),
                Units.count(tally.tokens()),
                String.format(Locale.ROOT, "%.3f", tally.bytesPerToken()),
                String.format(Locale.ROOT, "%.3f", 100 * tally.fallbackRate()),
                departures.stream()
                        .map(departure -> String.format(
                                Locale.ROOT,
                                "%s left its band: %.4f, %.4f before",
                                name(departure.figure()),
                                departure.value(),
                                departure.mean()))
                        .collect(Collectors.joining("; ")));
    }

    private static String name(Figure figure) {
        return switch (figure) {
            case BYTES_PER_TOKEN -> "bytesPerToken";
            case FALLBACK_RATE -> "fallbackRate";
        };
    }
}
