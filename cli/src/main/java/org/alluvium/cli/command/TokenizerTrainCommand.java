package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.alluvium.cli.view.Terminal;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
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

/** Trains a vocabulary on text files, or on a sample of a corpus. */
@Command(
        name = "train",
        description = "Train a vocabulary on text files, one sentence or document a line, or on a sample of a corpus.",
        footer = {
            "  ./alluvium tokenizer train --output my --size 16000 texts/*.txt",
            "  ./alluvium tokenizer train --output my --type BPE --size 32000 --corpus alluvium.yaml",
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
            names = "--documents",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Documents of --corpus to take, about, chosen by their ids (default: ${DEFAULT-VALUE}).")
    private long documents;

    @Mixin
    private VocabularyOption corpusVocabulary;

    @Mixin
    private TrainingOptions options;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Text files.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws InterruptedException {
        if (files.isEmpty() == (corpus == null)) {
            throw new ParameterException(spec.commandLine(), "name text files, or a corpus with --corpus");
        }
        TrainingSettings settings = options.settings();
        VocabularyFiles.check(output);
        ProgressLine progress = new ProgressLine(
                spec.commandLine().getErr(), Terminal.onStandardError().isPresent(), System::nanoTime);
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
        return ExitCode.OK.code();
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
