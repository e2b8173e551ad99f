package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.alluvium.cli.view.Terminal;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.flink.job.Sample;
import org.alluvium.flink.job.SampleProcess;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.train.CorpusSentences;
import org.alluvium.tokenizer.train.FileSentences;
import org.alluvium.tokenizer.train.SentenceSource;
import org.alluvium.tokenizer.train.TrainingSettings;
import org.alluvium.tokenizer.train.TrainingText;
import org.alluvium.tokenizer.train.VocabularyFiles;
import org.alluvium.tokenizer.train.VocabularyTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a vocabulary on text files, on a sample of a corpus, or on a sample of what would become one. */
@Command(
        name = "train",
        description = {
            "Train a vocabulary on text files, one sentence or document a line, on a sample of a corpus, or, with --sources,"
                    + " on a sample of what ingest would make one of.",
            "",
            "--sources reads what the sources hold now, filters and deduplicates it as ingest does, and keeps the sample in"
                    + " Flink's state in the folder PREFIX.sample until the vocabulary is there. Interrupted, the same command"
                    + " goes on."
        },
        footer = {
            "  ./alluvium tokenizer train --output my --size 16000 texts/*.txt",
            "  ./alluvium tokenizer train --output my --type BPE --size 32000 --corpus alluvium.yaml",
            "  ./alluvium tokenizer train --output my --sources alluvium.yaml --documents 50000",
            "then set tokenizer.model: my.model in alluvium.yaml, for a new corpus."
        })
final class TokenizerTrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "PREFIX",
            description = "Writes PREFIX.model and PREFIX.vocab.")
    private Path output;

    @Option(
            names = "--corpus",
            paramLabel = "PATH",
            description = "Train on a sample of this corpus: its folder, or the configuration that names it.")
    private Path corpus;

    @Option(
            names = "--sources",
            paramLabel = "CONFIG",
            description = "Train on a sample of what the sources of this configuration hold and its filters keep.")
    private Path sources;

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "Documents to take: of --corpus about so many, chosen by their ids, of --sources exactly, chosen by"
                            + " their texts (default: ${DEFAULT-VALUE}).")
    private int documents;

    @Mixin
    private VocabularyOption corpusVocabulary;

    @Mixin
    private TrainingOptions options;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Text files.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws InterruptedException {
        long inputs = Stream.of(!files.isEmpty(), corpus != null, sources != null)
                .filter(given -> given)
                .count();
        if (inputs != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "name text files, or a corpus with --corpus, or a configuration with --sources");
        }
        TrainingSettings settings = options.settings();
        VocabularyFiles.check(output);
        ProgressLine progress = new ProgressLine(
                spec.commandLine().getErr(), Terminal.onStandardError().isPresent(), System::nanoTime);
        if (sources == null) {
            train(settings, progress);
            return ExitCode.OK.code();
        }
        Sample sample = new Sample(output.resolveSibling(output.getFileName() + ".sample"), documents, options.seed());
        ExitCode drawn = draw(sample, progress);
        if (drawn == ExitCode.OK) {
            files = List.of(sample.text());
            train(settings, progress);
            sample.delete();
        }
        return drawn.code();
    }

    private ExitCode draw(Sample sample, ProgressLine progress) {
        AlluviumConfig config = ConfigLoader.load(sources, List.of());
        ProcessLog.startBeside(sources.toAbsolutePath(), "sample");
        progress.begin("sampling the sources");
        ExitCode code = SampleProcess.run(config, sample);
        progress.end();
        if (code == ExitCode.OK && sample.text().toFile().length() == 0) {
            sample.delete();
            throw new UnavailableException(
                    "the sources hold no document that is kept",
                    sources.toString(),
                    "See what becomes of them: alluvium ingest, then alluvium corpus funnel");
        }
        return code;
    }

    private void train(TrainingSettings settings, ProgressLine progress) throws InterruptedException {
        TrainingText text = read(settings, progress);
        progress.say("%,d sentences of %,d, %,d left out; %,d different words, %,d characters"
                .formatted(
                        text.sentences(),
                        text.seen(),
                        text.skipped(),
                        text.words().size(),
                        text.alphabet().size()));
        progress.begin("training");
        SentencePieceModel model = VocabularyTrainer.train(settings, text, progress::at);
        progress.end();
        VocabularyFiles.publish(model, output);
        Vocabulary vocabulary = Vocabulary.load(VocabularyFiles.model(output));
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s: %d pieces, digest %s%n", VocabularyFiles.model(output), vocabulary.size(), vocabulary.digest());
        out.flush();
    }

    private TrainingText read(TrainingSettings settings, ProgressLine progress) {
        progress.begin("reading");
        TrainingText text = TrainingText.read(settings, source(settings, progress));
        progress.end();
        return text;
    }

    private SentenceSource source(TrainingSettings settings, ProgressLine progress) {
        if (corpus == null) {
            boolean counted = settings.trainer().inputFormat().equals("tsv");
            int passes = settings.trainer().inputSentenceSize() > 0
                            && settings.trainer().shuffleInputSentence()
                    ? 2
                    : 1;
            long all = passes
                    * files.stream().mapToLong(file -> file.toFile().length()).sum();
            long[] read = {0};
            return new FileSentences(files, counted, bytes -> {
                read[0] += bytes;
                progress.at(read[0], all);
            });
        }
        if (Files.isDirectory(corpus)) {
            return new CorpusSentences(new CorpusLayout(corpus), corpusVocabulary.load(), documents, options.seed());
        }
        AlluviumConfig config = ConfigLoader.load(corpus, List.of());
        return new CorpusSentences(
                CorpusLayout.of(config), Vocabulary.of(config.tokenizer()), documents, options.seed());
    }
}
