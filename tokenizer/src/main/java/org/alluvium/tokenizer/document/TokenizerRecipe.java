package org.alluvium.tokenizer.document;

import java.io.Serializable;
import java.util.Optional;
import org.alluvium.contracts.config.TokenizerConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.reference.NativeEncoder;

/**
 * Everything a worker needs to tokenize as the configuration says, the model file included, in a form that Java can
 * serialize: made where the job is submitted, opened once in every task.
 */
public final class TokenizerRecipe implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final byte[] model;
    private final String digest;
    private final boolean addBos;
    private final boolean addEos;
    private final Checks checks;

    private TokenizerRecipe(Vocabulary vocabulary, boolean addBos, boolean addEos, Checks checks) {
        this.name = vocabulary.name();
        this.model = vocabulary.modelBytes();
        this.digest = vocabulary.digest();
        this.addBos = addBos;
        this.addEos = addEos;
        this.checks = checks;
    }

    /**
     * Reads the model file; errors are those of {@link Vocabulary#of}.
     *
     * @throws org.alluvium.contracts.error.ConfigException if the vocabulary has no piece for a mark that is asked for
     */
    public static TokenizerRecipe of(TokenizerConfig config) {
        Vocabulary vocabulary = Vocabulary.of(config);
        DocumentTokenizer.checkMarks(vocabulary, config.addBos(), config.addEos());
        return new TokenizerRecipe(vocabulary, config.addBos(), config.addEos(), Checks.of(config));
    }

    /** {@link Vocabulary#digest()} of the model file. */
    public String digest() {
        return digest;
    }

    public boolean addBos() {
        return addBos;
    }

    public boolean addEos() {
        return addEos;
    }

    /** What is known in this process of our encoder and this vocabulary. */
    public Agreement agreement() {
        return Agreement.of(digest);
    }

    /**
     * The tokenizer, to be closed by the caller; tokenizers of one process share the native model and what is known of it.
     *
     * @param watch is told what comes of the configured checks, and at once if nothing can
     * @throws org.alluvium.contracts.error.DataException if SentencePiece refuses the model
     */
    public DocumentTokenizer open(Watch watch) {
        Vocabulary vocabulary = Vocabulary.parse(model, name);
        Optional<Encoder> reference = checks.any() ? reference(vocabulary, watch) : Optional.empty();
        CheckedEncoder encoder = new CheckedEncoder(PieceEncoder.of(vocabulary), reference, checks, agreement(), watch);
        return new DocumentTokenizer(vocabulary, encoder, addBos, addEos);
    }

    private static Optional<Encoder> reference(Vocabulary vocabulary, Watch watch) {
        if (vocabulary.byteLevel().isPresent()) {
            watch.cannotCheck("SentencePiece's library knows nothing of byte-level vocabularies");
            return Optional.empty();
        }
        try {
            return Optional.of(NativeEncoder.open(vocabulary));
        } catch (UnavailableException e) {
            watch.cannotCheck(e.getMessage());
            return Optional.empty();
        }
    }
}
