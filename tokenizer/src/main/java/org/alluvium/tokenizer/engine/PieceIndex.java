package org.alluvium.tokenizer.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;

/**
 * The pieces of a model by their text, of all types as SentencePiece looks them up: text that spells a byte piece or an unused
 * one is that piece. Immutable and thread-safe.
 *
 * @param pieces the list they come from
 * @param all every piece
 * @param userDefined those that are never split
 */
record PieceIndex(List<Piece> pieces, PieceTrie all, PieceTrie userDefined) {

    static PieceIndex of(List<Piece> pieces) {
        return new PieceIndex(
                pieces, trie(pieces, List.of(PieceType.values())), trie(pieces, List.of(PieceType.USER_DEFINED)));
    }

    /** A trie of the ids of the pieces of some types. */
    static PieceTrie trie(List<Piece> pieces, List<PieceType> types) {
        int[] ids = java.util.stream.IntStream.range(0, pieces.size())
                .filter(id -> types.contains(pieces.get(id).type()))
                .toArray();
        byte[][] keys = new byte[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            keys[i] = pieces.get(ids[i]).text().getBytes(StandardCharsets.UTF_8);
        }
        return PieceTrie.of(keys, ids);
    }

    /** Adds the piece that is exactly this text. */
    void emit(byte[] text, int from, int to, Tokens out) {
        int id = all.find(text, from, to);
        PieceType type =
                id == PieceTrie.NONE ? PieceType.UNKNOWN : pieces.get(id).type();
        if (type == PieceType.UNKNOWN || type == PieceType.CONTROL) {
            out.unknown(text, from, to);
        } else {
            out.add(id, from, to);
        }
    }
}
