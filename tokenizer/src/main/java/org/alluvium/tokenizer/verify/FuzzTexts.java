package org.alluvium.tokenizer.verify;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Texts that encoders get wrong: pieces of the vocabulary run together, spaces of all kinds, composed and decomposed letters,
 * emoji sequences, Hangul jamo, both directions of writing, control characters with NUL among them, lone surrogates, long runs
 * without a space. A text depends on seed and number alone, so each can be made again by itself. Immutable and thread-safe.
 */
public final class FuzzTexts {

    private static final int MOST_FRAGMENTS = 8;
    private static final int LONG_ONE_IN = 500;

    /** First and last code point of what is drawn from, each as likely as another. */
    private static final int[][] RANGES = ranges("""
            20-7e 20-7e 61-7a 41-5a 30-39 0-1f 7f-a0 a1-ff 100-24f 250-2af 300-36f 370-3ff 400-4ff 530-58f
            590-5ff 600-6ff 900-97f e00-e7f f00-fff 1000-109f 10a0-10ff 1100-11ff 1200-137f 1780-17ff 1e00-1eff
            1f00-1fff 2000-206f 2070-209f 2100-214f 2150-218f 2460-24ff 2581-2581 3000-303f 3040-309f 30a0-30ff
            3130-318f 3200-33ff 4e00-9fff 4e00-4fff a960-a97f ac00-d7a3 d7b0-d7ff d800-dfff e000-e0ff f900-faff
            fb00-fb4f fb50-fdff fe00-fe0f fe20-fe6f fe70-feff ff00-ffef fff0-ffff 1d400-1d7ff 1f1e6-1f1ff
            1f300-1f64f 20000-2a6df 2f800-2fa1f e0000-e01ef 10fff0-10ffff
            """);

    /** Combining marks. */
    private static final int[] MARKS = {0x300, 0x36f};

    private static final int[] SPACES = {
        ' ', ' ', ' ', ' ', '\t', '\n', '\r', 0x0b, 0x0c, 0x85, 0xa0, 0x1680, 0x2002, 0x2009, 0x200b, 0x2028, 0x202f,
        0x205f, 0x2060, 0x2581, 0x3000, 0xfeff
    };

    private static final int[] EMOJI = {
        0x1f468, 0x1f469, 0x1f467, 0x1f466, 0x1f9d1, 0x1f680, 0x2764, 0x1f3f3, 0x1f308, '#'
    };
    private static final int[] JOINERS = {0x200d, 0xfe0f, 0x20e3, 0x1f3fb, 0x1f3ff, 0xe0067, 0xe007f};
    private static final int[] BIDI = {
        0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069
    };

    private final long seed;
    private final List<String> pieces;

    /**
     * @param pieces of the vocabulary, U+2581 for the space in them; not empty
     */
    public FuzzTexts(long seed, List<String> pieces) {
        this.seed = seed;
        this.pieces = List.copyOf(pieces);
    }

    /** The text of a number. */
    public String text(long number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
        StringBuilder text = new StringBuilder();
        int fragments = 1 + random.nextInt(MOST_FRAGMENTS);
        for (int i = 0; i < fragments; i++) {
            fragment(text, random);
        }
        return text.toString();
    }

    private void fragment(StringBuilder text, SplittableRandom random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> piecesOf(text, random);
            case 3, 4 -> letters(text, random);
            case 5 -> words(text, random);
            case 6 -> several(text, random, SPACES, 6);
            case 7 -> emoji(text, random);
            case 8 -> jamo(text, random);
            default -> runs(text, random);
        }
    }

    /** Pieces side by side, with and without their spaces, and cut in the middle. */
    private void piecesOf(StringBuilder text, SplittableRandom random) {
        boolean asTheyAre = random.nextBoolean();
        for (int i = random.nextInt(8); i >= 0; i--) {
            String piece = pieces.get(random.nextInt(pieces.size()));
            String shown = asTheyAre ? piece : piece.replace('\u2581', ' ');
            int from = random.nextInt(4) == 0 && !shown.isEmpty() ? random.nextInt(shown.length()) : 0;
            text.append(shown, from, shown.length());
        }
    }

    private static void letters(StringBuilder text, SplittableRandom random) {
        int[] range = RANGES[random.nextInt(RANGES.length)];
        boolean marked = random.nextInt(4) == 0;
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.appendCodePoint(within(range, random));
            if (marked) {
                text.appendCodePoint(within(MARKS, random));
            }
        }
    }

    private static void words(StringBuilder text, SplittableRandom random) {
        for (int i = random.nextInt(5); i >= 0; i--) {
            int[] range = RANGES[random.nextInt(RANGES.length)];
            for (int j = random.nextInt(6); j >= 0; j--) {
                text.appendCodePoint(within(range, random));
            }
            text.appendCodePoint(oneOf(SPACES, random));
        }
    }

    private static void emoji(StringBuilder text, SplittableRandom random) {
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.appendCodePoint(oneOf(EMOJI, random));
            if (random.nextBoolean()) {
                text.appendCodePoint(oneOf(JOINERS, random));
            }
        }
        several(text, random, BIDI, 2);
    }

    /** Syllables in their parts, whole, and a mixture that only looks like either. */
    private static void jamo(StringBuilder text, SplittableRandom random) {
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.appendCodePoint(0x1100 + random.nextInt(0x13));
            text.appendCodePoint(0x1161 + random.nextInt(0x15));
            if (random.nextBoolean()) {
                text.appendCodePoint(0x11a8 + random.nextInt(0x1b));
            }
            if (random.nextInt(4) == 0) {
                text.appendCodePoint(0xac00 + random.nextInt(11172));
            }
        }
    }

    /** One character, two in turn, or many without a space between; now and then thousands of them. */
    private void runs(StringBuilder text, SplittableRandom random) {
        int length = 1 + (random.nextInt(LONG_ONE_IN) == 0 ? random.nextInt(20_000) : random.nextInt(60));
        int[] range = RANGES[random.nextInt(RANGES.length)];
        int[] cycle = new int[1 + random.nextInt(random.nextBoolean() ? 2 : 30)];
        for (int i = 0; i < cycle.length; i++) {
            cycle[i] = within(range, random);
        }
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(cycle[i % cycle.length]);
        }
    }

    private static void several(StringBuilder text, SplittableRandom random, int[] points, int most) {
        for (int i = random.nextInt(most); i >= 0; i--) {
            text.appendCodePoint(oneOf(points, random));
        }
    }

    private static int[][] ranges(String listed) {
        return Arrays.stream(listed.strip().split("\\s+"))
                .map(range -> Arrays.stream(range.split("-"))
                        .mapToInt(point -> Integer.parseInt(point, 16))
                        .toArray())
                .toArray(int[][]::new);
    }

    private static int oneOf(int[] points, SplittableRandom random) {
        return points[random.nextInt(points.length)];
    }

    private static int within(int[] range, SplittableRandom random) {
        return range[0] + random.nextInt(range[1] - range[0] + 1);
    }
}
