package org.alluvium.tokenizer;

import java.io.Serializable;
import org.alluvium.contracts.config.TokenizerConfig;

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

    private TokenizerRecipe(Vocabulary vocabulary, boolean addBos, boolean addEos) {
        this.name = vocabulary.name();
        this.model = vocabulary.modelBytes();
        this.digest = vocabulary.digest();
        this.addBos = addBos;
        this.addEos = addEos;
    }

    /**
     * Reads the model file; errors are those of {@link Vocabulary#of}.
     *
     * @throws org.alluvium.contracts.error.ConfigException if the vocabulary has no piece for a mark that is asked for
     */
    public static TokenizerRecipe of(TokenizerConfig config) {
        Vocabulary vocabulary = Vocabulary.of(config);
        DocumentTokenizer.checkMarks(vocabulary, config.addBos(), config.addEos());
        return new TokenizerRecipe(vocabulary, config.addBos(), config.addEos());
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

    /** The tokenizer, to be closed by the caller; tokenizers of one process share the native model. */
    public DocumentTokenizer open() {
        return DocumentTokenizer.open(Vocabulary.parse(model, name), addBos, addEos);
    }
}
