package org.alluvium.tokenizer.export;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;

/** The rules of a model that rewrite characters, applied to a text: by an encoder that has them and gives bytes. */
final class Rules {

    private static final int BYTES = 256;

    private final Vocabulary bytes;
    private final PieceEncoder encoder;

    Rules(NormalizerSpec spec) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece("<unk>", 0, PieceType.UNKNOWN));
        for (int value = 0; value < BYTES; value++) {
            pieces.add(new Piece(String.format("<0x%02X>", value), 0, PieceType.BYTE));
        }
        TrainerSpec trainer = TrainerSpec.defaults().toBuilder()
                .modelType(ModelType.CHAR)
                .byteFallback(true)
                .build();
        NormalizerSpec rulesAlone =
                spec.withAddDummyPrefix(false).withRemoveExtraWhitespaces(false).withEscapeWhitespaces(false);
        this.bytes = Vocabulary.parse(new SentencePieceModel(pieces, trainer, rulesAlone).toBytes(), "rules");
        this.encoder = PieceEncoder.of(bytes);
    }

    String apply(String text) {
        return bytes.decode(encoder.encode(text));
    }
}
