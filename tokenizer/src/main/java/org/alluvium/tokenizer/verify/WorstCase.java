package org.alluvium.tokenizer.verify;

import java.util.SplittableRandom;

/** Texts of any length that some encoders take quadratic time for. */
public enum WorstCase {
    ONE_CHARACTER {
        @Override
        void fill(StringBuilder text, int length) {
            while (text.length() < length) {
                text.append('a');
            }
        }
    },

    /** Spaces alone. */
    SPACES {
        @Override
        void fill(StringBuilder text, int length) {
            while (text.length() < length) {
                text.append(' ');
            }
        }
    },

    /** Cuneiform, which is in no vocabulary: every character is unknown, or four bytes. */
    UNSEEN_SCRIPT {
        @Override
        void fill(StringBuilder text, int length) {
            SplittableRandom random = new SplittableRandom(length);
            while (text.length() < length) {
                text.appendCodePoint(0x12000 + random.nextInt(0x399));
            }
        }
    },

    ALTERNATING_PAIR {
        @Override
        void fill(StringBuilder text, int length) {
            while (text.length() < length) {
                text.append("ab");
            }
        }
    },

    /** Latin letters at random. */
    NO_SPACE {
        @Override
        void fill(StringBuilder text, int length) {
            SplittableRandom random = new SplittableRandom(length);
            while (text.length() < length) {
                text.append((char) ('a' + random.nextInt(26)));
            }
        }
    };

    abstract void fill(StringBuilder text, int length);

    /** The text, of at least so many characters, and at most one more. */
    public String text(int length) {
        StringBuilder text = new StringBuilder(length + 1);
        fill(text, length);
        return text.toString();
    }
}
