package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.tool.TrainingRequest;
import org.alluvium.tokenizer.tool.VocabularyTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a vocabulary with SentencePiece's own trainer, with the settings that Alluvium needs. */
@Command(
        name = "train",
        description =
                "Train a vocabulary on text files (one sentence or document a line) with SentencePiece's spm_train.",
        footer = {
            "  ./alluvium tokenizer train --output my --size 16000 texts/*.txt",
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
            names = "--size",
            paramLabel = "N",
            defaultValue = "16000",
            description = "Number of pieces (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "Threads of the trainer; another number may give another vocabulary (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Text files.")
    private List<Path> files;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter progress = spec.commandLine().getErr();
        Vocabulary vocabulary = new VocabularyTrainer(VocabularyTrainer.PROGRAM).train(request(), line -> {
            progress.println(line);
            progress.flush();
        });
        PrintWriter out = spec.commandLine().getOut();
        out.println(vocabulary.digest());
        out.flush();
        return ExitCode.OK.code();
    }

    private TrainingRequest request() {
        try {
            return new TrainingRequest(files, output, size, threads);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
