package org.alluvium.tokenizer.verify;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Bytes that are mostly not UTF-8: {@link FuzzTexts} with bytes replaced, left out and put in, with characters cut short, written
 * too long, beyond the last one, or surrogates. None is a line feed, so that each can be a line of a file. A text
 * depends on seed and number alone. Immutable and thread-safe.
 */
public final class FuzzBytes {

    private static final int DAMAGED_ONE_IN = 6;

    /** What is not UTF-8, each for a reason of its own. */
    private static final byte[][] WRONG = {
        {(byte) 0x80},
        {(byte) 0xff},
        {(byte) 0xc0, (byte) 0x80},
        {(byte) 0xc1, (byte) 0xbf},
        {(byte) 0xe0, (byte) 0x9f, (byte) 0xbf},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        {(byte) 0xed, (byte) 0xbf, (byte) 0xbf},
        {(byte) 0xf0, (byte) 0x8f, (byte) 0xbf, (byte) 0xbf},
        {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
        {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
        {(byte) 0xe2, (byte) 0x96},
        {(byte) 0xf0, (byte) 0x9f, (byte) 0x98},
        {(byte) 0xc3},
        {0},
        {'\r'}
    };

    private final long seed;
    private final FuzzTexts texts;

    public FuzzBytes(long seed, FuzzTexts texts) {
        this.seed = seed;
        this.texts = texts;
    }

    /** The bytes of a number. */
    public byte[] bytes(long number) {
        SplittableRandom random = new SplittableRandom(~seed * 0x9e3779b97f4a7c15L + number);
        byte[] text = texts.text(number).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream damaged = new ByteArrayOutputStream(2 * text.length);
        boolean much = random.nextBoolean();
        for (byte b : text) {
            if (random.nextInt(much ? DAMAGED_ONE_IN : 10 * DAMAGED_ONE_IN) == 0) {
                damage(b, damaged, random);
            } else {
                put(b, damaged);
            }
        }
        damaged.writeBytes(WRONG[random.nextInt(WRONG.length)]);
        return damaged.toByteArray();
    }

    private static void damage(byte b, ByteArrayOutputStream damaged, SplittableRandom random) {
        switch (random.nextInt(4)) {
            case 0 -> {
                // The byte is left out.
            }
            case 1 -> put((byte) random.nextInt(256), damaged);
            case 2 -> {
                put(b, damaged);
                put((byte) (0x80 | random.nextInt(64)), damaged);
            }
            default -> {
                damaged.writeBytes(WRONG[random.nextInt(WRONG.length)]);
                put(b, damaged);
            }
        }
    }

    private static void put(byte b, ByteArrayOutputStream out) {
        out.write(b == '\n' ? ' ' : b);
    }
}
