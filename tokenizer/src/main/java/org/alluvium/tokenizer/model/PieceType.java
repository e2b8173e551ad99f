package org.alluvium.tokenizer.model;

/** What a piece of the vocabulary stands for; the numbers are those of the SentencePiece model format. */
public enum PieceType {
    /** Text, with U+2581 for a space. */
    NORMAL(1),
    /** Text that no other piece covers; there is exactly one such piece. */
    UNKNOWN(2),
    /** A mark that stands for no text, such as BOS and EOS; the encoder never emits one. */
    CONTROL(3),
    /** Text that is always one piece. */
    USER_DEFINED(4),
    /** Never emitted by the encoder. */
    UNUSED(5),
    /** One byte of UTF-8, written {@code <0xHH>}, for characters that have no piece of their own. */
    BYTE(6);

    private final int number;

    PieceType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The type with the given number in the model format, or null where there is none. */
    static PieceType of(long number) {
        for (PieceType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
