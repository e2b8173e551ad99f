package org.alluvium.tokenizer.reference;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;

/**
 * SentencePiece's own encoder. Thread-safe: any number of threads may share one encoder, and encoders of the same
 * vocabulary share one native model in the process, which is freed when the last of them is closed and the last call in
 * flight has returned. Using a closed encoder is an {@link IllegalStateException}, never a crash.
 *
 * <p>Lone surrogates are encoded as U+FFFD, since they have no UTF-8 form. U+0000 is a character like any other. Text is
 * not normalized except as the model itself says ({@link ModelSpec#normalization()}).
 *
 * <p>The native encoder takes up to 250 bytes of memory per byte of text, and ends the process where it cannot have them.
 * So texts beyond {@link #SEGMENT_LENGTH} are encoded in segments. A segment ends at a single space between words, which
 * gives the ids of the whole text (up to ties of the unigram model's rounding); only where there is no such space in a whole
 * segment, it ends anywhere, and no piece reaches over that place.
 */
public final class NativeEncoder implements Encoder {

    /** Longest text, in characters, that is encoded in one go. */
    public static final int SEGMENT_LENGTH = 1 << 18;

    /** A character that is part of no piece: encoded before a segment, it keeps the model's extra space away from it. */
    private static final String ANCHOR = "\0";

    private static final char REPLACEMENT = '\uFFFD';

    private final NativeModel model;
    private final boolean addsSpace;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NativeEncoder(NativeModel model, boolean addsSpace) {
        this.model = model;
        this.addsSpace = addsSpace;
    }

    /**
     * An encoder of the given vocabulary, to be closed by the caller.
     *
     * @throws org.alluvium.contracts.error.UnavailableException if there is no native library for this platform
     * @throws org.alluvium.contracts.error.DataException if SentencePiece refuses the model
     * @throws org.alluvium.contracts.error.MismatchException if the vocabulary is byte-level
     */
    public static NativeEncoder open(Vocabulary vocabulary) {
        return new NativeEncoder(
                NativeModel.acquire(vocabulary), vocabulary.spec().addDummyPrefix());
    }

    /**
     * {@inheritDoc}
     *
     * @throws org.alluvium.contracts.error.DataException if SentencePiece refuses the text, as models of whole words do with
     *     words that are written like control pieces
     */
    @Override
    public int[] encode(String text) {
        return text.length() <= SEGMENT_LENGTH ? encodeWhole(text) : inUse(() -> encodeSegments(wellFormed(text)));
    }

    /** The same without segments, whatever memory that takes; for comparisons. */
    public int[] encodeWhole(String text) {
        return inUse(() -> model.encode(wellFormed(text)));
    }

    private int[] inUse(Supplier<int[]> encoding) {
        if (closed.get() || !model.retain()) {
            throw new IllegalStateException("the encoder was closed");
        }
        try {
            return encoding.get();
        } finally {
            model.release();
        }
    }

    private int[] encodeSegments(String text) {
        int[] ids = new int[text.length() / 3];
        int count = 0;
        boolean wordStart = true;
        for (int from = 0; from < text.length(); ) {
            int end = Segments.end(text, from, SEGMENT_LENGTH);
            String segment = text.substring(from, end);
            int[] more = wordStart || !addsSpace ? model.encode(segment) : encodeWithoutSpace(segment);
            if (count + more.length > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(2 * ids.length, count + more.length));
            }
            System.arraycopy(more, 0, ids, count, more.length);
            count += more.length;
            wordStart = Segments.isSingleSpace(text, end);
            // Where the model puts a space before every text, that is the space at the cut.
            from = wordStart && addsSpace ? end + 1 : end;
        }
        return Arrays.copyOf(ids, count);
    }

    /**
     * The ids of a segment that goes on in the middle of a word, without the space that the model would put before it; with
     * it, where the model's normalization takes the anchor away.
     */
    private int[] encodeWithoutSpace(String segment) {
        int[] anchor = model.encode(ANCHOR);
        int[] anchored = model.encode(ANCHOR + segment);
        return Arrays.mismatch(anchor, anchored) == anchor.length
                ? Arrays.copyOfRange(anchored, anchor.length, anchored.length)
                : model.encode(segment);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            model.release();
        }
    }

    /** The text with U+FFFD in place of every surrogate that has no partner. */
    static String wellFormed(String text) {
        int length = text.length();
        StringBuilder repaired = null;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (repaired == null) {
                repaired = new StringBuilder(text);
            }
            repaired.setCharAt(i, REPLACEMENT);
        }
        return repaired == null ? text : repaired.toString();
    }
}
