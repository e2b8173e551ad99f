package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.Optional;

/** The {@code tokenizer} section. */
public record TokenizerConfig(
        @Key(
                doc =
                        "SentencePiece model file. Without one, the vocabulary that comes with Alluvium (16,000 pieces, 21 European languages) is used.",
                byDefault = "")
        Optional<Path> model,

        @Key(doc = "Put the vocabulary's BOS id before every document.", byDefault = "true")
        boolean addBos,

        @Key(doc = "Put the vocabulary's EOS id after every document.", byDefault = "false")
        boolean addEos) {}
