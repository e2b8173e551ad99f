package org.alluvium.tokenizer.engine;

import org.alluvium.tokenizer.Ids;

/**
 * Encodes text for one thread at a time. Once it has seen texts as long as they get, it allocates nothing except what it
 * returns. Ids never depend on what a session encoded before. Not thread-safe.
 */
public final class Session {

    private static final int KEPT = 1 << 20;

    private final Normalizer normalizer;
    private final Segmenter.Worker worker;
    private final Tokens tokens;
    private final NormalizedText normalized = new NormalizedText();
    private final Ids ids = new Ids();
    private byte[] utf8 = new byte[1024];

    Session(Normalizer normalizer, Segmenter.Worker worker, Tokens tokens) {
        this.normalizer = normalizer;
        this.worker = worker;
        this.tokens = tokens;
    }

    /**
     * Adds the ids of one text.
     *
     * @param text holds the text in UTF-8 from {@code from} to before {@code to}; a byte that is not UTF-8 is U+FFFD
     * @throws IndexOutOfBoundsException if there is no such range
     * @throws ArithmeticException if the text is longer than 700 MB
     */
    public void encode(byte[] text, int from, int to, Ids out) {
        encode(text, from, to, out, null);
    }

    /**
     * As {@link #encode(byte[], int, int, Ids)}, and adds two numbers for every id to {@code spans}: where the text that it
     * stands for begins and ends, in bytes from the start of {@code text}. Spans are in order and do not overlap. Of the
     * bytes of a character without a piece the last has the span of the character, the others an empty one at its beginning;
     * an id that stands for a space that the model put there has an empty span.
     */
    public void encodeWithSpans(byte[] text, int from, int to, Ids out, Ids spans) {
        int first = spans.size();
        encode(text, from, to, out, spans);
        for (int i = first; i < spans.size(); i++) {
            spans.set(i, from + normalized.origins[spans.get(i)]);
        }
    }

    /**
     * Encodes texts that lie one behind the other.
     *
     * @param ends where each text ends in {@code text}; the first begins at {@code from}
     * @param out is given the ids of all of them
     * @param idEnds is given how many ids {@code out} has after each text
     */
    public void encodeAll(byte[] text, int from, int[] ends, Ids out, Ids idEnds) {
        int start = from;
        for (int end : ends) {
            encode(text, start, end, out, null);
            idEnds.add(out.size());
            start = end;
        }
    }

    /** The ids of a text; a surrogate without its partner is U+FFFD. */
    public int[] encode(String text) {
        int room = Utf8.room(text);
        byte[] buffer = utf8;
        if (buffer.length < room) {
            buffer = new byte[room];
            utf8 = room <= KEPT ? buffer : utf8;
        }
        ids.clear();
        encode(buffer, 0, Utf8.encode(text, buffer), ids, null);
        return ids.toArray();
    }

    private void encode(byte[] text, int from, int to, Ids out, Ids spans) {
        java.util.Objects.checkFromToIndex(from, to, text.length);
        normalizer.normalize(text, from, to, normalized, spans != null);
        tokens.begin(out, spans);
        worker.segment(normalized.bytes, 0, normalized.length, tokens);
    }
}
