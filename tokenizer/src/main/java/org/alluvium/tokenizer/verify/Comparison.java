package org.alluvium.tokenizer.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.Encoder;

/**
 * Encodes texts by two encoders and compares the ids, with the time that each took. Not thread-safe.
 *
 * <p>A text that differs is shrunk as Zeller and Hildebrandt's <i>ddmin</i> does (Simplifying and Isolating Failure-Inducing
 * Input, 2002): parts of it are left out, ever smaller ones, as long as the ids still differ. Parts are whole code points. For
 * long texts the work is bounded, so what comes out may not be the least possible.
 */
public final class Comparison {

    /** Most code points that shrinking encodes, for each of the text; and for short ones at least. */
    private static final long EFFORT = 200;

    private static final long LEAST_EFFORT = 5_000_000;

    private final Encoder tested;
    private final Oracle reference;

    private Figures figures = new Figures(0, 0, 0, 0, 0, 0);

    /** What gives the right ids. */
    @FunctionalInterface
    public interface Oracle {

        /**
         * The ids of a text.
         *
         * @throws DataException if it refuses the text
         */
        int[] encode(String text);
    }

    /**
     * What was compared until now.
     *
     * @param texts that were compared
     * @param refused texts for which the reference has no ids
     * @param bytes of UTF-8
     * @param tokens by the reference
     */
    public record Figures(long texts, long refused, long bytes, long tokens, long testedNanos, long referenceNanos) {

        public Figures minus(Figures before) {
            return new Figures(
                    texts - before.texts,
                    refused - before.refused,
                    bytes - before.bytes,
                    tokens - before.tokens,
                    testedNanos - before.testedNanos,
                    referenceNanos - before.referenceNanos);
        }

        public double testedMegabytesPerSecond() {
            return rate(testedNanos);
        }

        public double referenceMegabytesPerSecond() {
            return rate(referenceNanos);
        }

        private double rate(long nanos) {
            return nanos == 0 ? 0 : bytes * 1e3 / nanos;
        }
    }

    public Comparison(Encoder tested, Oracle reference) {
        this.tested = tested;
        this.reference = reference;
    }

    /** Compares the ids of one text; empty if they are the same, or if the reference refuses it. */
    public Optional<Difference> compare(String text) {
        long begin = System.nanoTime();
        int[] ids = tested.encode(text);
        long between = System.nanoTime();
        Optional<int[]> expected = expected(text);
        long end = System.nanoTime();
        figures = new Figures(
                figures.texts + 1,
                figures.refused + (expected.isPresent() ? 0 : 1),
                figures.bytes + text.getBytes(StandardCharsets.UTF_8).length,
                figures.tokens + expected.map(each -> each.length).orElse(0),
                figures.testedNanos + between - begin,
                figures.referenceNanos + end - between);
        return expected.filter(right -> !Arrays.equals(ids, right)).map(right -> new Difference(text, ids, right));
    }

    private Optional<int[]> expected(String text) {
        try {
            return Optional.of(reference.encode(text));
        } catch (DataException refused) {
            return Optional.empty();
        }
    }

    public Figures figures() {
        return figures;
    }

    /** The least part of a text that still differs, as far as it is found. */
    public Difference shrink(Difference difference) {
        int[] left = difference.text().codePoints().toArray();
        Difference least = difference;
        long effort = Math.max(LEAST_EFFORT, EFFORT * left.length);
        int parts = 2;
        while (left.length > 1 && effort > 0) {
            int size = (left.length + parts - 1) / parts;
            Optional<Difference> smaller = Optional.empty();
            for (int from = 0; from < left.length && smaller.isEmpty() && effort > 0; from += size) {
                effort -= left.length;
                smaller = differs(without(left, from, Math.min(left.length, from + size)));
            }
            if (smaller.isPresent()) {
                least = smaller.get();
                left = least.text().codePoints().toArray();
                parts = Math.max(2, parts - 1);
            } else if (size == 1) {
                break;
            } else {
                parts = Math.min(left.length, 2 * parts);
            }
        }
        return least;
    }

    private static String without(int[] points, int from, int to) {
        return new String(points, 0, from) + new String(points, to, points.length - to);
    }

    private Optional<Difference> differs(String text) {
        int[] ids = tested.encode(text);
        return expected(text)
                .filter(right -> !Arrays.equals(ids, right))
                .map(right -> new Difference(text, ids, right));
    }
}
