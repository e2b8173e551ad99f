package org.alluvium.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.alluvium.tokenizer.Vocabulary;
import picocli.CommandLine.Option;

/** Which vocabulary a command uses. */
final class VocabularyOption {

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "SentencePiece model or byte-level tokenizer.json (default: the vocabulary that comes with Alluvium).")
    private Path model;

    Vocabulary load() {
        return Optional.ofNullable(model).map(Vocabulary::load).orElseGet(Vocabulary::bundled);
    }
}
