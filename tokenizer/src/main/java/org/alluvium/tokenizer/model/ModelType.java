package org.alluvium.tokenizer.model;

/** How a model segments text; the numbers are those of the SentencePiece model format. */
public enum ModelType {
    /** The most probable segmentation under independent pieces. */
    UNIGRAM(1),
    /** Merges of adjacent pieces, best first. */
    BPE(2),
    /** A piece a word. */
    WORD(3),
    /** A piece a character. */
    CHAR(4);

    private final int number;

    ModelType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The type with the given number in the model format, or null where there is none. */
    static ModelType of(long number) {
        for (ModelType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
