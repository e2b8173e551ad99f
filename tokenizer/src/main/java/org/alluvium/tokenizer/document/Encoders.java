package org.alluvium.tokenizer.document;

import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;

/** The encoder of a vocabulary that everything uses: ours, which needs no native code. */
public final class Encoders {

    private Encoders() {}

    /** The encoder, to be closed by the caller; errors are those of {@link PieceEncoder#of}. */
    public static Encoder open(Vocabulary vocabulary) {
        return PieceEncoder.of(vocabulary);
    }
}
