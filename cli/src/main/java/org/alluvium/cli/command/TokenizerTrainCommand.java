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

/** Trains a vocabulary with SentencePiece's own trainer. */
@Command(
        name = "train",
        description = "Train a vocabulary on text files, one document a line, with SentencePiece's spm_train.",
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
            defaultValue = "1",
            description = "Threads; another number may give another vocabulary (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Text files.")
    private List<Path> files;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        TrainingRequest request = request();
        Vocabulary vocabulary = new VocabularyTrainer(VocabularyTrainer.PROGRAM).train(request, err::println);
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s: %d pieces, digest %s%n", request.model(), vocabulary.size(), vocabulary.digest());
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
