package org.alluvium.tokenizer.engine;

import java.util.Arrays;

/** What a {@link Normalizer} makes of a text: UTF-8, and on request where it comes from. Scratch memory of one thread. */
final class NormalizedText {

    private static final int KEPT = 1 << 20;

    byte[] bytes = new byte[1024];
    int length;

    /** For every byte, and for the end, the place in the input where what it was made from begins; null if nobody asks. */
    int[] origins;

    /** Whether the next spaces are dropped because there is one already. */
    boolean afterSpace;

    /** What the part of the input looked at last is rewritten to. */
    byte[] stepText = bytes;

    int stepFrom;
    int stepTo;

    private int[] keptOrigins = new int[0];

    /** Empties the text and makes room for {@code size} bytes. */
    void begin(int size, boolean withOrigins) {
        length = 0;
        if (bytes.length < size || (bytes.length > KEPT && size <= KEPT)) {
            bytes = new byte[Math.max(size, Math.min(KEPT, size + (size >> 1)))];
        }
        origins = null;
        if (withOrigins) {
            if (keptOrigins.length < bytes.length) {
                keptOrigins = new int[bytes.length];
            }
            origins = keptOrigins;
        }
    }

    void step(byte[] text, int from, int to) {
        stepText = text;
        stepFrom = from;
        stepTo = to;
    }

    void ensure(int size) {
        if (size > bytes.length) {
            int room = Math.max(size, bytes.length + (bytes.length >> 1));
            bytes = Arrays.copyOf(bytes, room);
            if (origins != null) {
                keptOrigins = Arrays.copyOf(origins, room);
                origins = keptOrigins;
            }
        }
    }
}
