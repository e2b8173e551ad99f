package org.alluvium.tokenizer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.alluvium.contracts.error.DataException;

/**
 * SentencePiece's own encoder. Thread-safe: any number of threads may share one encoder, and encoders of the same
 * vocabulary share one native model in the process, which is freed when the last of them is closed and the last call in
 * flight has returned. Using a closed encoder is an {@link IllegalStateException}, never a crash.
 *
 * <p>Lone surrogates are encoded as U+FFFD, since they have no UTF-8 form. U+0000 is a character like any other. Text is
 * not normalized except as the model itself says ({@link ModelSpec#normalization()}).
 *
 * <p>The native encoder takes up to 250 bytes of memory per byte of text and ends the process where it cannot have them. So
 * texts beyond {@link #SEGMENT_LENGTH} are encoded in segments cut at single spaces, which gives the ids of the whole text
 * up to rare ties of the unigram model's rounding.
 */
public final class SentencePieceEncoder implements Encoder {

    /** Texts longer than this, in characters, are encoded in segments of about this length. */
    public static final int SEGMENT_LENGTH = 1 << 18;

    /** Most characters that may follow each other without a single space: 1.5 GB of native memory at worst. */
    public static final int MAX_SEGMENT_LENGTH = 1 << 21;

    private static final char REPLACEMENT = '\uFFFD';

    private final NativeModel model;
    private final boolean addsDummyPrefix;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SentencePieceEncoder(NativeModel model, boolean addsDummyPrefix) {
        this.model = model;
        this.addsDummyPrefix = addsDummyPrefix;
    }

    /**
     * An encoder of the given vocabulary, to be closed by the caller.
     *
     * @throws org.alluvium.contracts.error.UnavailableException if there is no native library for this platform
     * @throws DataException if SentencePiece refuses the model
     */
    public static SentencePieceEncoder open(Vocabulary vocabulary) {
        return new SentencePieceEncoder(
                NativeModel.acquire(vocabulary), vocabulary.spec().addDummyPrefix());
    }

    /**
     * {@inheritDoc}
     *
     * @throws DataException if there is no single space in {@link #MAX_SEGMENT_LENGTH} characters
     */
    @Override
    public int[] encode(String text) {
        if (closed.get() || !model.retain()) {
            throw new IllegalStateException("the encoder was closed");
        }
        try {
            String repaired = wellFormed(text);
            return repaired.length() <= SEGMENT_LENGTH ? model.encode(repaired) : encodeSegments(repaired);
        } finally {
            model.release();
        }
    }

    private int[] encodeSegments(String text) {
        int[] ids = new int[text.length() / 3];
        int count = 0;
        int from = 0;
        while (from < text.length()) {
            int end = Segments.end(text, from, SEGMENT_LENGTH, MAX_SEGMENT_LENGTH);
            int[] more = model.encode(text.substring(from, end));
            if (count + more.length > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(2 * ids.length, count + more.length));
            }
            System.arraycopy(more, 0, ids, count, more.length);
            count += more.length;
            // The space at the cut is the one that the model puts before the next segment, where it does that.
            from = addsDummyPrefix && end < text.length() ? end + 1 : end;
        }
        return Arrays.copyOf(ids, count);
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
