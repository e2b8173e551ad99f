package org.alluvium.tokenizer.document;

import org.alluvium.contracts.error.ConfigException;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;

/**
 * Turns a document into the row of ids that a model is trained on: the encoder's ids with BOS before and EOS after them, as
 * configured. Policy and vocabulary are recorded in the metadata of every shard. Thread-safe if its encoder is.
 */
public final class DocumentTokenizer implements AutoCloseable {

    private final Vocabulary vocabulary;
    private final CheckedEncoder encoder;
    private final boolean addBos;
    private final boolean addEos;

    /**
     * A tokenizer that owns the encoder.
     *
     * @throws ConfigException if the vocabulary has no piece for a mark that is asked for
     */
    public DocumentTokenizer(Vocabulary vocabulary, CheckedEncoder encoder, boolean addBos, boolean addEos) {
        checkMarks(vocabulary, addBos, addEos);
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.addBos = addBos;
        this.addEos = addEos;
    }

    /** A tokenizer for texts that go nowhere but to a model: prompts and probes. Nothing is checked. */
    public static DocumentTokenizer of(Vocabulary vocabulary, boolean addBos, boolean addEos) {
        return new DocumentTokenizer(vocabulary, CheckedEncoder.trusting(PieceEncoder.of(vocabulary)), addBos, addEos);
    }

    /** The ids of a text that is no document. */
    public int[] tokenize(String text) {
        return tokenize("", text);
    }

    /**
     * The ids of a document, a new array.
     *
     * @param document its id
     * @throws IllegalStateException if this tokenizer was closed
     */
    public int[] tokenize(String document, String text) {
        int[] ids = encoder.encode(document, text);
        int before = addBos ? 1 : 0;
        int after = addEos ? 1 : 0;
        if (before + after == 0) {
            return ids;
        }
        int[] row = new int[before + ids.length + after];
        System.arraycopy(ids, 0, row, before, ids.length);
        if (addBos) {
            row[0] = vocabulary.bosId();
        }
        if (addEos) {
            row[row.length - 1] = vocabulary.eosId();
        }
        return row;
    }

    /** Whether the reference encodes, because a difference was found. */
    public boolean hasFallenBack() {
        return encoder.hasFallenBack();
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public void close() {
        encoder.close();
    }

    /** Throws a ConfigException if the vocabulary has no piece for a mark that is asked for. */
    static void checkMarks(Vocabulary vocabulary, boolean addBos, boolean addEos) {
        require(!addBos || vocabulary.bosId() != Vocabulary.NONE, "addBos", "BOS", vocabulary);
        require(!addEos || vocabulary.eosId() != Vocabulary.NONE, "addEos", "EOS", vocabulary);
    }

    private static void require(boolean holds, String key, String mark, Vocabulary vocabulary) {
        if (!holds) {
            throw new ConfigException(
                    "the vocabulary has no " + mark + " piece (" + vocabulary.name() + ")",
                    "tokenizer." + key,
                    "Set it to false, or use a model that was trained with one.");
        }
    }
}
