package org.alluvium.tokenizer.engine;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;

/**
 * Turns text into ids without native code, and gives exactly the ids that SentencePiece gives: a text is normalized
 * ({@link Normalizer}), segmented ({@link Segmenter}), and what is unknown becomes bytes or the unknown piece
 * ({@link Tokens}). Immutable and shared by all threads; {@link #session()} is what one thread writes to.
 */
public final class PieceEncoder implements Encoder {

    private final Normalizer normalizer;
    private final Segmenter segmenter;
    private final int unknownId;
    private final int[] byteIds;
    private final ConcurrentLinkedQueue<Session> idle = new ConcurrentLinkedQueue<>();

    private PieceEncoder(Normalizer normalizer, Segmenter segmenter, int unknownId, int[] byteIds) {
        this.normalizer = normalizer;
        this.segmenter = segmenter;
        this.unknownId = unknownId;
        this.byteIds = byteIds;
    }

    /**
     * An encoder of a vocabulary.
     *
     * @throws org.alluvium.contracts.error.DataException if its model needs what is not supported; names it
     */
    public static PieceEncoder of(Vocabulary vocabulary) {
        return vocabulary
                .byteLevel()
                .map(model -> ofByteLevel(model, vocabulary.name()))
                .orElseGet(() -> ofSentencePiece(vocabulary));
    }

    /** Byte-level vocabularies take text as it is; what is not UTF-8 is U+FFFD for them as well. */
    private static PieceEncoder ofByteLevel(ByteLevelModel model, String name) {
        NormalizerSpec asItIs = NormalizerSpec.defaults()
                .withAddDummyPrefix(false)
                .withRemoveExtraWhitespaces(false)
                .withEscapeWhitespaces(false);
        Normalizer normalizer = new Normalizer(asItIs, false, List.of(), name);
        return new PieceEncoder(normalizer, new ByteLevelSegmenter(model), Vocabulary.NONE, Tokens.NO_BYTES);
    }

    private static PieceEncoder ofSentencePiece(Vocabulary vocabulary) {
        SentencePieceModel model = vocabulary.model();
        List<Piece> pieces = model.pieces();
        Segmenter segmenter = switch (model.trainer().modelType()) {
            case UNIGRAM -> UnigramSegmenter.of(pieces);
            case BPE -> new BpeSegmenter(model);
            case WORD -> new WordSegmenter(PieceIndex.of(pieces));
            case CHAR -> new CharSegmenter(PieceIndex.of(pieces));
        };
        Normalizer normalizer = new Normalizer(
                model.normalizer(),
                model.trainer().treatWhitespaceAsSuffix(),
                pieces.stream()
                        .filter(piece -> piece.type() == PieceType.USER_DEFINED)
                        .map(Piece::text)
                        .toList(),
                vocabulary.name());
        return new PieceEncoder(normalizer, segmenter, vocabulary.unknownId(), byteIds(vocabulary));
    }

    private static int[] byteIds(Vocabulary vocabulary) {
        if (!vocabulary.spec().byteFallback()) {
            return Tokens.NO_BYTES;
        }
        int[] ids = new int[256];
        for (int value = 0; value < ids.length; value++) {
            ids[value] = vocabulary.idOf(String.format("<0x%02X>", value));
        }
        return ids;
    }

    /** Scratch memory for one thread at a time, to be kept and used again. */
    public Session session() {
        return new Session(normalizer, segmenter, new Tokens(unknownId, byteIds));
    }

    /** The ids of a text; a surrogate without its partner is U+FFFD. */
    @Override
    public int[] encode(String text) {
        Session session = idle.poll();
        if (session == null) {
            session = session();
        }
        int[] ids = session.encode(text);
        idle.add(session);
        return ids;
    }

    /** Does nothing: there is nothing to free but memory, and others may share this encoder. */
    @Override
    public void close() {}
}
