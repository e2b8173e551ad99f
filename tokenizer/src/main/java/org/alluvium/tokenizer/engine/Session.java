package org.alluvium.tokenizer.engine;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.alluvium.tokenizer.Ids;

/**
 * Encodes text for one thread at a time. Once it has seen texts as long as they get, it allocates nothing except what it
 * returns. Ids never depend on what a session encoded before. Not thread-safe.
 */
public final class Session {

    private static final int KEPT = 1 << 20;

    private final Normalizer normalizer;
    private final Segmenter segmenter;
    private final Segmenter.Worker worker;
    private final Tokens tokens;
    private final NormalizedText normalized = new NormalizedText();
    private final Ids ids = new Ids();
    private byte[] utf8 = new byte[1024];

    Session(Normalizer normalizer, Segmenter segmenter, Tokens tokens) {
        this.normalizer = normalizer;
        this.segmenter = segmenter;
        this.worker = segmenter.worker();
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

    /**
     * The best segmentations of a text, the best first.
     *
     * @param count how many at most, at least 1; a short text has fewer
     * @throws UnsupportedOperationException if the model is not a unigram model
     */
    public List<Segmentation> nBest(String text, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the best " + count + " segmentations are none: ask for at least 1");
        }
        UnigramLattice lattice = lattice(text);
        return lattice.best(count).stream()
                .map(way -> segmentation(lattice, way))
                .toList();
    }

    /**
     * A segmentation at random, for subword regularization (Kudo 2018).
     *
     * @param smoothing 0 makes all segmentations equally likely, 1 as likely as the model has them, more prefers the best
     * @throws UnsupportedOperationException if the model is not a unigram model
     */
    public Segmentation sample(String text, double smoothing, RandomGenerator random) {
        UnigramLattice lattice = lattice(text);
        return segmentation(lattice, lattice.sample(smoothing, random));
    }

    private UnigramLattice lattice(String text) {
        UnigramPieces pieces = segmenter
                .unigram()
                .orElseThrow(() -> new UnsupportedOperationException(
                        "only a unigram model has more than one segmentation of a text; this is another kind"));
        byte[] buffer = new byte[Utf8.room(text)];
        normalizer.normalize(buffer, 0, Utf8.encode(text, buffer), normalized, false);
        return new UnigramLattice(pieces, normalized.bytes, 0, normalized.length);
    }

    private Segmentation segmentation(UnigramLattice lattice, UnigramLattice.Way way) {
        ids.clear();
        tokens.begin(ids, null);
        lattice.emit(way, tokens);
        return new Segmentation(Arrays.stream(ids.toArray()).boxed().toList(), way.score());
    }

    private void encode(byte[] text, int from, int to, Ids out, Ids spans) {
        java.util.Objects.checkFromToIndex(from, to, text.length);
        normalizer.normalize(text, from, to, normalized, spans != null);
        tokens.begin(out, spans);
        worker.segment(normalized.bytes, 0, normalized.length, tokens);
    }
}
