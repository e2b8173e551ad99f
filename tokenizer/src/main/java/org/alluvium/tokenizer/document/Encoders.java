package org.alluvium.tokenizer.document;

import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.reference.NativeEncoder;

/** The encoder of a vocabulary that everything uses: ours, and SentencePiece's own library for kinds of models that ours lacks. */
public final class Encoders {

    private Encoders() {}

    /** The encoder, to be closed by the caller; errors are those of {@link PieceEncoder#of} and {@link NativeEncoder#open}. */
    public static Encoder open(Vocabulary vocabulary) {
        return vocabulary.model().trainer().modelType() == ModelType.BPE
                ? NativeEncoder.open(vocabulary)
                : PieceEncoder.of(vocabulary);
    }
}
