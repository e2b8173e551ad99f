package org.alluvium.tokenizer.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;

/**
 * The symbols of a SentencePiece BPE vocabulary and their merges. A symbol is a piece, with its id, or a character that is
 * part of pieces and none itself; one more stands for all other characters. Immutable and thread-safe.
 */
final class BpeSymbols {

    private static final int NONE = -1;

    private final List<Piece> pieces;
    private final Merges merges;
    private final CharTable characters;
    private final Prefixes userDefined;
    private final boolean usersDefined;
    private final boolean hasUnused;
    private final int unknownId;

    /** By symbol: what it becomes. */
    private int[] outputs;

    /** By symbol: its bytes. */
    private int[] lengths;

    BpeSymbols(SentencePieceModel model) {
        this.pieces = model.pieces();
        this.unknownId = first(PieceType.UNKNOWN);
        this.hasUnused = first(PieceType.UNUSED) != NONE;
        this.usersDefined = first(PieceType.USER_DEFINED) != NONE;
        this.userDefined = Prefixes.of(userDefined(pieces));
        this.merges = new Merges(2 * pieces.size());
        Map<String, Integer> symbols = symbols();
        this.characters = characters(symbols);
        addMerges(symbols);
        addNeighbours(symbols);
    }

    private int first(PieceType type) {
        for (int id = 0; id < pieces.size(); id++) {
            if (pieces.get(id).type() == type) {
                return id;
            }
        }
        return NONE;
    }

    private static Map<Integer, byte[]> userDefined(List<Piece> pieces) {
        Map<Integer, byte[]> strings = new HashMap<>();
        for (int id = 0; id < pieces.size(); id++) {
            if (pieces.get(id).type() == PieceType.USER_DEFINED) {
                strings.put(id, utf8(pieces.get(id).text()));
            }
        }
        return strings;
    }

    /** Numbers the symbols, and fills what is told by symbol. */
    private Map<String, Integer> symbols() {
        Map<String, Integer> symbols = new HashMap<>(4 * pieces.size());
        Map<String, Integer> reserved = new HashMap<>();
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            switch (piece.type()) {
                case NORMAL, UNUSED, USER_DEFINED -> symbols.put(piece.text(), id);
                case UNKNOWN, CONTROL, BYTE -> reserved.put(piece.text(), id);
            }
        }
        int count = pieces.size();
        for (Piece piece : pieces) {
            if (isMerged(piece)) {
                for (String character : charactersOf(piece.text())) {
                    count = symbols.putIfAbsent(character, count) == null ? count + 1 : count;
                }
            }
        }
        for (String text : reserved.keySet()) {
            if (text.codePointCount(0, text.length()) == 1) {
                count = symbols.putIfAbsent(text, count) == null ? count + 1 : count;
            }
        }
        describe(symbols, reserved, count);
        return symbols;
    }

    private void describe(Map<String, Integer> symbols, Map<String, Integer> reserved, int count) {
        outputs = new int[count + 1];
        lengths = new int[count + 1];
        Arrays.fill(outputs, unknownId);
        symbols.forEach((text, symbol) -> {
            outputs[symbol] = symbol < pieces.size() ? symbol : reserved.getOrDefault(text, unknownId);
            lengths[symbol] = utf8(text).length;
        });
    }

    private CharTable characters(Map<String, Integer> symbols) {
        CharTable table = new CharTable(outputs.length - 1);
        symbols.forEach((text, symbol) -> {
            if (text.codePointCount(0, text.length()) == 1) {
                table.put(text.codePointAt(0), symbol);
            }
        });
        return table;
    }

    private void addMerges(Map<String, Integer> symbols) {
        Map<Float, Integer> ranks = ranks();
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            if (!isMerged(piece)) {
                continue;
            }
            String text = piece.text();
            for (int at = text.offsetByCodePoints(0, 1); at < text.length(); at = text.offsetByCodePoints(at, 1)) {
                Integer left = symbols.get(text.substring(0, at));
                Integer right = symbols.get(text.substring(at));
                if (left != null && right != null && !isUserDefined(left) && !isUserDefined(right)) {
                    merges.add(left, right, id, ranks.get(piece.score()));
                }
            }
        }
    }

    private void addNeighbours(Map<String, Integer> symbols) {
        for (Piece piece : pieces) {
            if (isMerged(piece)) {
                List<String> texts = charactersOf(piece.text());
                for (int i = 0; i + 1 < texts.size(); i++) {
                    merges.addNeighbours(symbols.get(texts.get(i)), symbols.get(texts.get(i + 1)));
                }
            }
        }
    }

    private Map<Float, Integer> ranks() {
        List<Float> scores = pieces.stream()
                .filter(BpeSymbols::isMerged)
                .map(Piece::score)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        Map<Float, Integer> ranks = new HashMap<>(2 * scores.size());
        for (int rank = 0; rank < scores.size(); rank++) {
            ranks.put(scores.get(rank), rank);
        }
        return ranks;
    }

    private static boolean isMerged(Piece piece) {
        return piece.type() == PieceType.NORMAL || piece.type() == PieceType.UNUSED;
    }

    private boolean isUserDefined(int symbol) {
        return symbol < pieces.size() && pieces.get(symbol).type() == PieceType.USER_DEFINED;
    }

    private static List<String> charactersOf(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The texts of all pieces that merges give. */
    List<byte[]> texts() {
        List<byte[]> texts = new ArrayList<>();
        for (Piece piece : pieces) {
            if (isMerged(piece)) {
                texts.add(utf8(piece.text()));
            }
        }
        return texts;
    }

    Merges merges() {
        return merges;
    }

    int ofCharacter(int character) {
        return characters.get(character);
    }

    /** The id of a symbol; that of the unknown piece where it is none. */
    int output(int symbol) {
        return outputs[symbol];
    }

    /** Bytes of a symbol that is in the vocabulary. */
    int length(int symbol) {
        return lengths[symbol];
    }

    /** Whether a symbol is a piece that must not be given. */
    boolean isUnused(int symbol) {
        return symbol < pieces.size() && pieces.get(symbol).type() == PieceType.UNUSED;
    }

    boolean hasUnused() {
        return hasUnused;
    }

    boolean usersDefined() {
        return usersDefined;
    }

    /** The piece that a user defined and that begins at a place, the longest of them, or a negative number. */
    int userDefined(byte[] text, int at, int to) {
        return userDefined.longest(text, at, to);
    }

    int unknownId() {
        return unknownId;
    }
}
