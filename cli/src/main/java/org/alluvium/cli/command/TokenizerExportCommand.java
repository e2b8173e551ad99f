package org.alluvium.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.export.TokenizerFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a vocabulary as Hugging Face's libraries load it. */
@Command(
        name = "export",
        description = {
            "Write a vocabulary as tokenizer.json and tokenizer_config.json, which transformers loads.",
            "",
            "The ids of a text are the same there, but for the exceptions that are printed."
        },
        footer = "  ./alluvium tokenizer export --model my.model --eos release")
final class TokenizerExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private VocabularyOption vocabularyOption;

    @Option(names = "--bos", description = "Begin every text with BOS.")
    private boolean bos;

    @Option(names = "--eos", description = "End every text with EOS.")
    private boolean eos;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "1000000000",
            description = "The longest text that the model takes (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Parameters(paramLabel = "FOLDER", description = "Where to write; is made, and must not hold such files.")
    private Path folder;

    @Override
    public Integer call() {
        Vocabulary vocabulary = vocabularyOption.load();
        require(!bos || vocabulary.bosId() != Vocabulary.NONE, "--bos: the vocabulary has no BOS piece");
        require(!eos || vocabulary.eosId() != Vocabulary.NONE, "--eos: the vocabulary has no EOS piece");
        TokenizerFiles.refusal(vocabulary).ifPresent(reason -> {
            throw new UnavailableException(
                    reason, vocabulary.name(), "Load the model itself with SentencePiece's own libraries");
        });
        PrintWriter out = spec.commandLine().getOut();
        Map<String, byte[]> files = TokenizerFiles.of(vocabulary, bos, eos, maxTokens);
        files.keySet().forEach(name -> requireNone(folder.resolve(name)));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            out.println(write(folder.resolve(file.getKey()), file.getValue()));
        }
        TokenizerFiles.differences(vocabulary).forEach(difference -> out.println("differs: " + difference));
        out.flush();
        return ExitCode.OK.code();
    }

    private static void requireNone(Path file) {
        if (Files.exists(file)) {
            throw new UnavailableException(
                    "there is such a file already", file.toString(), "Name another folder, or remove it");
        }
    }

    private static Path write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw StorageException.of("export the vocabulary", file, e);
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
