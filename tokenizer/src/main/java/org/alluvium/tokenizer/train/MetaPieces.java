package org.alluvium.tokenizer.train;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.TrainerSpec;

/** The pieces that a vocabulary has whatever the text: special ones at their ids, then control, user-defined and byte pieces. */
final class MetaPieces {

    private static final int BYTES = 256;

    private final TrainerSpec spec;
    private final SortedMap<Integer, Piece> pieces = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private int next;

    private MetaPieces(TrainerSpec spec) {
        this.spec = spec;
    }

    /**
     * The pieces by their ids, which need not be contiguous: what is trained takes the ids between and behind them.
     *
     * @throws ConfigException if two have one id or one text
     */
    static SortedMap<Integer, Piece> of(TrainerSpec spec) {
        MetaPieces meta = new MetaPieces(spec);
        meta.special("unknown", spec.unkId(), spec.unkPiece(), PieceType.UNKNOWN);
        meta.special("bos", spec.bosId(), spec.bosPiece(), PieceType.CONTROL);
        meta.special("eos", spec.eosId(), spec.eosPiece(), PieceType.CONTROL);
        meta.special("pad", spec.padId(), spec.padPiece(), PieceType.CONTROL);
        spec.controlSymbols().forEach(symbol -> meta.symbol(symbol, PieceType.CONTROL));
        spec.userDefinedSymbols().forEach(symbol -> meta.symbol(symbol, PieceType.USER_DEFINED));
        for (int value = 0; spec.byteFallback() && value < BYTES; value++) {
            meta.symbol("<0x%02X>".formatted(value), PieceType.BYTE);
        }
        if (meta.pieces.size() >= spec.vocabSize()) {
            throw refused(
                    "a vocabulary of " + spec.vocabSize() + " pieces has no room beside " + meta.pieces.size()
                            + " that it has whatever the text",
                    "The nearest is --size " + (meta.pieces.size() + 1) + ".");
        }
        return meta.pieces;
    }

    private void special(String what, int id, String text, PieceType type) {
        if (text.isEmpty()) {
            throw refused("the " + what + " piece is empty", "Give it a text.");
        }
        if (id < 0) {
            if (type == PieceType.UNKNOWN) {
                throw refused("there is no unknown piece", "The nearest is --unk-id " + free(0) + ".");
            }
            return;
        }
        if (pieces.containsKey(id) || id >= spec.vocabSize()) {
            throw refused(
                    "the " + what + " piece cannot have id " + id
                            + (pieces.containsKey(id) ? ", which is taken" : " in so small a vocabulary"),
                    "The nearest is " + free(Math.min(id, spec.vocabSize() - 1)) + ".");
        }
        for (Piece other : pieces.values()) {
            if (other.text().equals(text)) {
                throw refused("the " + what + " piece is " + text + ", as another is", "Give it another text.");
            }
        }
        pieces.put(id, new Piece(text, 0, type));
    }

    private void symbol(String text, PieceType type) {
        if (text.isEmpty() || !seen.add(text) || text.equals(spec.unkPiece())) {
            throw refused(
                    text.isEmpty() ? "a symbol is empty" : "the symbol " + text + " is there already",
                    "Name every control and user-defined symbol once, and leave out " + spec.unkPiece() + ".");
        }
        for (Map.Entry<Integer, Piece> entry : pieces.entrySet()) {
            if (entry.getValue().text().equals(text) && entry.getValue().type() != PieceType.UNKNOWN) {
                entry.setValue(new Piece(text, 0, type));
                return;
            }
        }
        next = free(next);
        pieces.put(next, new Piece(text, 0, type));
    }

    private int free(int from) {
        int id = from;
        while (pieces.containsKey(id)) {
            id++;
        }
        return id;
    }

    /** The smallest vocabulary that has a character beside them. */
    static int leastSize(TrainerSpec spec) {
        return of(spec.toBuilder().vocabSize(TrainingSettings.MAX_SIZE).build()).size() + 1;
    }

    /** The texts of the pieces, none of which is trained on. */
    static List<String> texts(TrainerSpec spec) {
        return of(spec).values().stream().map(Piece::text).toList();
    }

    private static ConfigException refused(String what, String todo) {
        return new ConfigException(what, "the pieces asked for", todo);
    }
}
