package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.config.DriftConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.log.VocabularyFit;
import org.alluvium.contracts.log.VocabularyFit.Departure;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.report.Drift;
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
            "  ./alluvium tokenizer drift --corpus .alluvium/demo/corpus --follow",
            "  ./alluvium tokenizer drift --corpus .alluvium/demo/corpus --json --from 1000 | jq -c 'select(.alerts != [])'"
        })
final class TokenizerDriftCommand implements Callable<Integer> {

    private static final String ROW = "%8s %9s %9s %12s %14s  %s%n";
    private static final Duration PATIENCE = Duration.ofHours(1);

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
            defaultValue = "100000",
            description = "Entries with fewer tokens are judged together with the next (default: ${DEFAULT-VALUE}).")
    private long leastTokens;

    @Option(names = "--follow", description = "Go on with entries as they are published, until the input has ended.")
    private boolean follow;

    @Option(names = "--json", description = "Print one JSON object a line for every entry.")
    private boolean json;

    private Vocabulary vocabulary;
    private CorpusTexts texts;
    private Drift drift;
    private VocabularyFit fit = VocabularyFit.NONE;

    @Override
    public Integer call() throws InterruptedException {
        CorpusLayout layout = corpus.layout();
        vocabulary = vocabularyOption.load();
        texts = new CorpusTexts(layout, vocabulary);
        drift = drift();
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.printf(ROW, "entry", "texts", "tokens", "bytes/token", "byte tokens %", "");
        }
        if (follow) {
            follow(layout, out);
        } else {
            StoreShardLog.of(layout).readFrom(from).forEach(entry -> tell(entry, out));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private void follow(CorpusLayout layout, PrintWriter out) throws InterruptedException {
        try (LogTail tail = LogTail.open(layout, from)) {
            boolean ended = false;
            while (!ended) {
                Optional<LogEntry> entry = tail.next(PATIENCE);
                entry.ifPresent(next -> tell(next, out));
                out.flush();
                ended = entry.orElse(null) instanceof LogEntry.Commit commit && commit.endOfInput();
            }
        }
    }

    private void tell(LogEntry entry, PrintWriter out) {
        if (entry instanceof LogEntry.Commit commit) {
            VocabularyReport report = new VocabularyReport(vocabulary);
            Tally tally = texts.addTo(report, commit);
            fit = drift.next(
                    fit,
                    new TextTokens(
                            tally.texts(), tally.bytes(), tally.tokens(), tally.byteTokens(), tally.unknownTokens()));
            if (json) {
                out.println(Json.line(event(commit, report, tally, fit)));
            } else {
                out.printf(
                        ROW,
                        commit.sequence(),
                        Units.count(tally.texts()),
                        Units.count(tally.tokens()),
                        String.format(Locale.ROOT, "%.3f", tally.bytesPerToken()),
                        String.format(Locale.ROOT, "%.3f", 100 * tally.fallbackRate()),
                        remarks());
            }
        }
    }

    private String remarks() {
        return fit.judged() ? fit.departures().stream().map(Departure::message).collect(Collectors.joining("; ")) : "";
    }

    private Drift drift() {
        try {
            return new Drift(new DriftConfig(true, band, fallbackBand, leastTokens));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Map<String, Object> event(
            LogEntry.Commit commit, VocabularyReport report, Tally tally, VocabularyFit fit) {
        Map<String, Object> languages = new LinkedHashMap<>();
        report.byLanguage().forEach((language, part) -> languages.put(language, VocabularyReportView.fields(part)));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("time", commit.createdAt().toString());
        event.put("type", "vocabulary");
        event.put("sequence", commit.sequence());
        event.putAll(VocabularyReportView.fields(tally));
        event.put("languages", languages);
        event.put("judged", fit.judged());
        event.put("departures", fit.judged() ? fields(fit.departures()) : List.of());
        event.put("alerts", fields(fit.alerts()));
        return event;
    }

    private static List<Map<String, Object>> fields(List<Departure> departures) {
        return departures.stream()
                .map(departure -> Map.<String, Object>of(
                        "figure", departure.figure().code(),
                        "value", departure.value(),
                        "mean", departure.mean()))
                .toList();
    }
}
