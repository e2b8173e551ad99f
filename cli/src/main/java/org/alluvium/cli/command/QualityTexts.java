package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.ingest.file.DocumentFiles;
import org.alluvium.ingest.quality.TextSample;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The two corpora of a quality model: the same options for training and evaluation. */
final class QualityTexts {

    @Option(
            names = "--reference",
            required = true,
            paramLabel = "PATH",
            description = "File or folder of texts as good as they should be. Can be repeated.")
    private List<Path> reference;

    @Option(
            names = "--raw",
            required = true,
            paramLabel = "PATH",
            description = "File or folder of texts as they come. Can be repeated.")
    private List<Path> raw;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "jsonl",
            description = "Format of the files, as in a source's configuration (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "--max-texts",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Texts taken of either corpus, chosen by their hash (default: ${DEFAULT-VALUE}).")
    private int most;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Refuses what no option can tell alone. */
    void check() {
        if (most < 1) {
            throw new ParameterException(spec.commandLine(), "--max-texts must be at least 1, not " + most);
        }
        if (format == Format.AVRO) {
            throw new ParameterException(spec.commandLine(), "--format must be one that files have, not avro");
        }
    }

    /** Texts of the reference corpus. */
    List<TextSample.Text> reference(long seed, PrintWriter err) {
        return read("reference", reference, seed, err);
    }

    /** Raw texts. */
    List<TextSample.Text> raw(long seed, PrintWriter err) {
        return read("raw", raw, seed, err);
    }

    private List<TextSample.Text> read(String corpus, List<Path> paths, long seed, PrintWriter err) {
        TextSample sample = new TextSample(most, seed);
        DocumentFiles files = new DocumentFiles(format);
        paths.forEach(path -> files.forEach(path, document -> sample.add(document.text())));
        if (files.refused() > 0) {
            err.println(corpus + ": " + files.refused() + " records held no document that could be read");
            err.flush();
        }
        List<TextSample.Text> texts = sample.texts();
        if (texts.isEmpty()) {
            throw new UnavailableException(
                    "there is no text",
                    paths.get(0).toString(),
                    "Name other files with --" + corpus + ", or their --format");
        }
        return texts;
    }
}
