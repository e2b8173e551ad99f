package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.alluvium.tokenizer.Ids;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;

/** Texts through a segmenter alone, without normalization. */
public final class Segmented {

    private final Segmenter.Worker worker;
    private final Tokens tokens;
    private final Ids ids = new Ids();
    private final Ids spans = new Ids();

    private Segmented(Segmenter segmenter, int unknownId, int[] byteIds) {
        this.worker = segmenter.worker();
        this.tokens = new Tokens(unknownId, byteIds);
    }

    static Segmented of(SentencePieceModel model) {
        int unknown = 0;
        int[] bytes = model.trainer().byteFallback() ? new int[256] : Tokens.NO_BYTES;
        List<Piece> pieces = model.pieces();
        for (int id = 0; id < pieces.size(); id++) {
            if (pieces.get(id).type() == PieceType.UNKNOWN) {
                unknown = id;
            } else if (pieces.get(id).type() == PieceType.BYTE) {
                bytes[Integer.parseInt(pieces.get(id).text(), 3, 5, 16)] = id;
            }
        }
        return new Segmented(new BpeSegmenter(model), unknown, bytes);
    }

    /** A byte-level {@code tokenizer.json}. */
    public static Segmented of(ByteLevelModel model) {
        return new Segmented(new ByteLevelSegmenter(model), -1, Tokens.NO_BYTES);
    }

    /** The ids of a text. */
    public int[] ids(String text) {
        return ids(text.getBytes(UTF_8));
    }

    int[] ids(byte[] text) {
        ids.clear();
        tokens.begin(ids, null);
        worker.segment(Arrays.copyOf(text, text.length + Normalizer.SLACK), 0, text.length, tokens);
        return ids.toArray();
    }

    /** The ids where spans are asked for, which goes another way. */
    int[] idsWithSpans(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ids.clear();
        spans.clear();
        tokens.begin(ids, spans);
        worker.segment(Arrays.copyOf(bytes, bytes.length + Normalizer.SLACK), 0, bytes.length, tokens);
        return ids.toArray();
    }

    /** Begin and end of every token of the last text that spans were asked for. */
    int[] spans() {
        return spans.toArray();
    }
}
