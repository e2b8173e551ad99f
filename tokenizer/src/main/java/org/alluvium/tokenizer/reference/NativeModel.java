package org.alluvium.tokenizer.reference;

import ai.djl.engine.EngineException;
import ai.djl.sentencepiece.SpProcessor;
import ai.djl.sentencepiece.SpTokenizer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.tokenizer.Vocabulary;

/**
 * A model loaded by the native SentencePiece library through DJL's binding, owned by counted references. The binding frees
 * memory that is in use when it is closed early, aborts the process on ids out of range, and decodes wrongly; this class
 * lets it load and encode only.
 *
 * <p>Protocol: a model is born with one reference; every encoder holds one, and every call holds one more while it runs.
 * Whoever gives back the last reference frees the native memory, and no reference can be taken from then on.
 */
final class NativeModel {

    /** Models in use by digest. Process-wide because native memory is: task slots of one process share their model. */
    private static final ConcurrentMap<String, NativeModel> IN_USE = new ConcurrentHashMap<>();

    private final String digest;
    private final String name;
    private final SpTokenizer tokenizer;
    private final SpProcessor processor;
    private final AtomicInteger references = new AtomicInteger(1);

    private NativeModel(Vocabulary vocabulary, SpTokenizer tokenizer) {
        this.digest = vocabulary.digest();
        this.name = vocabulary.name();
        this.tokenizer = tokenizer;
        this.processor = tokenizer.getProcessor();
    }

    /** The model of a vocabulary with one reference for the caller. */
    static NativeModel acquire(Vocabulary vocabulary) {
        return IN_USE.compute(
                vocabulary.digest(), (digest, held) -> held != null && held.retain() ? held : load(vocabulary));
    }

    private static NativeModel load(Vocabulary vocabulary) {
        requireSentencePiece(vocabulary);
        NativeLibrary.ensureLoaded();
        try {
            return new NativeModel(vocabulary, new SpTokenizer(vocabulary.modelBytes()));
        } catch (EngineException e) {
            throw new DataException(
                    "SentencePiece refuses the model (" + e.getMessage() + ")",
                    vocabulary.name(),
                    "Restore the file, or train it again with 'alluvium tokenizer train'.",
                    e);
        }
    }

    private static void requireSentencePiece(Vocabulary vocabulary) {
        if (vocabulary.byteLevel().isPresent()) {
            throw new MismatchException(
                    "SentencePiece's library knows nothing of byte-level vocabularies, so there is nothing to compare with",
                    vocabulary.name(),
                    "Compare a SentencePiece model. Our tests hold byte-level encoding to Hugging Face's tokenizers and to tiktoken.");
        }
    }

    /** Takes a reference; false once the last one was given back. */
    boolean retain() {
        int seen = references.get();
        while (seen > 0) {
            if (references.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = references.get();
        }
        return false;
    }

    /** Gives a reference back. */
    void release() {
        if (references.decrementAndGet() == 0) {
            IN_USE.remove(digest, this);
            tokenizer.close();
        }
    }

    /**
     * The caller holds a reference and the text is well-formed.
     *
     * @throws DataException if SentencePiece has no ids for the text
     */
    int[] encode(String text) {
        try {
            return processor.encode(text);
        } catch (EngineException e) {
            throw new DataException(
                    "SentencePiece refuses a text of " + text.length() + " characters (" + e.getMessage() + ")",
                    name,
                    "A model of whole words refuses words that are written like its control pieces: use another kind.",
                    e);
        }
    }
}
