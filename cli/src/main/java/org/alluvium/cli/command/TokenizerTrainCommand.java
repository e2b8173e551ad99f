package org.alluvium.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.UnavailableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    private static final String PROGRAM = "spm_train";

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

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Text files.")
    private List<Path> files;

    @Override
    public Integer call() throws InterruptedException {
        List<String> command = command();
        spec.commandLine().getErr().println(String.join(" ", command));
        spec.commandLine().getErr().flush();
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            return exit == 0 ? ExitCode.OK.code() : ExitCode.FAILED.code();
        } catch (IOException e) {
            throw new UnavailableException(
                    "SentencePiece's trainer is not installed",
                    PROGRAM,
                    "Install it (Debian and Ubuntu: apt-get install sentencepiece; macOS: brew install sentencepiece)"
                            + " and run the command again",
                    e);
        }
    }

    /** Byte fallback and no normalization make decoding give back every text. */
    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM,
                "--input=" + files.stream().map(Path::toString).collect(Collectors.joining(",")),
                "--model_prefix=" + output,
                "--vocab_size=" + size,
                "--model_type=unigram",
                "--character_coverage=0.9999",
                "--byte_fallback=true",
                "--normalization_rule_name=identity",
                "--remove_extra_whitespaces=false",
                "--split_digits=true",
                "--max_sentence_length=65536",
                "--bos_id=1",
                "--eos_id=2",
                "--unk_id=0"));
        return command;
    }
}
