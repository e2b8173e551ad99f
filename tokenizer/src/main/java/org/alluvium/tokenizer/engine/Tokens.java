package org.alluvium.tokenizer.engine;

import org.alluvium.tokenizer.Ids;

/**
 * Takes the pieces of one text from a {@link Segmenter} and makes tokens of them. As SentencePiece does after segmenting:
 * with byte fallback, text of the unknown piece becomes one token a byte; without it, unknown pieces in a row are one token.
 */
final class Tokens {

    /** Stands for "no byte fallback". */
    static final int[] NO_BYTES = {};

    private final int unknownId;
    private final int[] byteIds;
    private Ids ids = new Ids();
    /** Begin and end of every token in the normalized text; null where nobody asks. */
    private Ids spans;

    private boolean lastUnknown;

    /**
     * Tokens of one vocabulary.
     *
     * @param byteIds the id of every byte, or {@link #NO_BYTES}
     */
    Tokens(int unknownId, int[] byteIds) {
        this.unknownId = unknownId;
        this.byteIds = byteIds;
    }

    /** A new text, whose ids, and spans unless that is null, are added here. */
    void begin(Ids toIds, Ids toSpans) {
        ids = toIds;
        spans = toSpans;
        lastUnknown = false;
    }

    boolean wantsSpans() {
        return spans != null;
    }

    /** How many numbers spans have so far; nothing where nobody asks. */
    int spans() {
        return spans == null ? 0 : spans.size();
    }

    /** Replaces places in a rewritten text, from the given number on, by those that they come from. */
    void moveSpans(int first, int[] origins) {
        if (spans != null) {
            for (int i = first; i < spans.size(); i++) {
                spans.set(i, origins[spans.get(i)]);
            }
        }
    }

    /** A piece that is not the unknown piece. */
    void add(int id, int from, int to) {
        ids.add(id);
        lastUnknown = false;
        if (spans != null) {
            spans.add(from);
            spans.add(to);
        }
    }

    /** A piece that is not the unknown piece, and whose span nobody wants. */
    void add(int id) {
        ids.add(id);
        lastUnknown = false;
    }

    /** Text for which there is no piece; at least one character. */
    void unknown(byte[] text, int from, int to) {
        if (byteIds.length > 0) {
            for (int i = from; i < to; i++) {
                // The last byte has the span of them all, the others an empty one at their beginning.
                add(byteIds[text[i] & 0xff], from, i + 1 == to ? to : from);
            }
        } else if (lastUnknown) {
            if (spans != null) {
                spans.set(spans.size() - 1, to);
            }
        } else {
            add(unknownId, from, to);
            lastUnknown = true;
        }
    }
}
