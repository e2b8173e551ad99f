package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.ingest.file.DocumentFiles;
import org.alluvium.ingest.language.LanguageIdentifier;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.report.VocabularyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how well a vocabulary fits texts. */
@Command(
        name = "report",
        description =
                "Tell how well a vocabulary fits texts: bytes per token and words by language and source, bytes and unknown"
                        + " characters, pieces of no use; and how another one would do.",
        footer = {
            "  ./alluvium tokenizer report --model my.model --against other.model texts/",
            "  ./alluvium tokenizer report --corpus .alluvium/demo/corpus --json"
        })
final class TokenizerReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private VocabularyOption vocabularyOption;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Another model file: the same texts by its pieces, and which pieces only one of both has.")
    private Path against;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description = "Folder of a corpus: its documents with their tokens, instead of files.")
    private Path corpus;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Format of the files, as in a source's configuration (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "--rare",
            paramLabel = "N",
            defaultValue = "10",
            description = "A piece is rare that occurs less than N times (default: ${DEFAULT-VALUE}).")
    private long rare;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files or folders of texts; each is a source.")
    private List<Path> paths = List.of();

    @Override
    public Integer call() {
        if (paths.isEmpty() == (corpus == null)) {
            throw new ParameterException(spec.commandLine(), "name either files of text, or a corpus with --corpus");
        }
        if (format == Format.AVRO) {
            throw new ParameterException(spec.commandLine(), "--format must be one that files have, not avro");
        }
        VocabularyReport report = new VocabularyReport(vocabularyOption.load());
        Optional<VocabularyReport> other =
                Optional.ofNullable(against).map(Vocabulary::load).map(VocabularyReport::new);
        if (corpus == null) {
            readFiles(report, other);
        } else {
            readCorpus(report, other);
        }
        if (report.total().texts() == 0) {
            throw new UnavailableException(
                    "there is no text",
                    corpus == null ? paths.get(0).toString() : corpus.toString(),
                    "Name other files, or their --format");
        }
        PrintWriter out = spec.commandLine().getOut();
        VocabularyReportView view = new VocabularyReportView(report, other, rare);
        if (json) {
            out.println(Json.text(view.fields()));
        } else {
            view.print(out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private void readFiles(VocabularyReport report, Optional<VocabularyReport> other) {
        LanguageIdentifier languages = LanguageIdentifier.bundled();
        DocumentFiles files = new DocumentFiles(format);
        try (Encoder encoder = PieceEncoder.of(report.vocabulary());
                Encoder otherEncoder = encoder(other)) {
            for (Path path : paths) {
                files.forEach(path, document -> {
                    String text = document.text();
                    String language = document.language()
                            .or(() -> languages.identify(text).stream()
                                    .findFirst()
                                    .map(score -> score.tag()))
                            .orElse(CorpusTexts.UNKNOWN_LANGUAGE);
                    report.add(language, path.toString(), text, encoder.encode(text));
                    other.ifPresent(o -> o.add(language, path.toString(), text, otherEncoder.encode(text)));
                });
            }
        }
        if (files.refused() > 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(files.refused() + " records held no document that could be read");
            err.flush();
        }
    }

    private void readCorpus(VocabularyReport report, Optional<VocabularyReport> other) {
        CorpusLayout layout = CorpusOption.layout(corpus);
        CorpusTexts texts = new CorpusTexts(layout, report.vocabulary());
        try (Encoder otherEncoder = encoder(other)) {
            for (LogEntry entry : StoreShardLog.of(layout).readFrom(0)) {
                if (entry instanceof LogEntry.Commit commit) {
                    texts.forEach(commit, text -> {
                        report.add(
                                text.language(),
                                text.source(),
                                text.text(),
                                text.row().inputIds());
                        other.ifPresent(o ->
                                o.add(text.language(), text.source(), text.text(), otherEncoder.encode(text.text())));
                    });
                }
            }
        }
    }

    /** Null, which is never asked, where there is no other vocabulary. */
    private static Encoder encoder(Optional<VocabularyReport> other) {
        return other.map(VocabularyReport::vocabulary).map(PieceEncoder::of).orElse(null);
    }
}
