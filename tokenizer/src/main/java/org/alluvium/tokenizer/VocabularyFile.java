package org.alluvium.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Token;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;

/**
 * What a vocabulary's file holds, whichever of the two formats it is in: a SentencePiece model, or a {@code tokenizer.json}
 * of byte-level BPE, which begins with a brace.
 *
 * @param pieces in the order of their ids
 * @param ids of the pieces, by their text
 * @param surfaces the bytes that each id adds in the middle of a text
 * @param spec how text is treated
 * @param unknownId the id of the unknown piece, or {@link Vocabulary#NONE}
 * @param bosId the id that begins a document, or {@link Vocabulary#NONE}
 * @param eosId the id that ends a document, or {@link Vocabulary#NONE}
 * @param padId the id that pads, or {@link Vocabulary#NONE}
 * @param sentencePiece the model, if it is one
 * @param byteLevel the byte-level vocabulary, if it is one
 */
record VocabularyFile(
        List<Piece> pieces,
        Map<String, Integer> ids,
        List<byte[]> surfaces,
        ModelSpec spec,
        int unknownId,
        int bosId,
        int eosId,
        int padId,
        Optional<SentencePieceModel> sentencePiece,
        Optional<ByteLevelModel> byteLevel) {

    private static final char SPACE_SYMBOL = '\u2581';
    private static final Pattern BYTE_PIECE = Pattern.compile("<0x[0-9A-F]{2}>");

    /**
     * Reads a file.
     *
     * @param name what to call it in errors
     * @throws DataException if it is neither, or damaged, or needs what is not supported
     */
    static VocabularyFile parse(byte[] file, String name) {
        if (file.length == 0) {
            throw unusable("the file is empty", name);
        }
        return ByteLevelModel.isJson(file)
                ? of(ByteLevelModel.parse(file, name))
                : of(SentencePieceModel.parse(file, name), name);
    }

    private static VocabularyFile of(SentencePieceModel model, String name) {
        // Decoding without such rules would be silently wrong.
        if (model.denormalizer().filter(NormalizerSpec::hasCharsMap).isPresent()) {
            throw unusable("the model has denormalization rules, which are not supported", name);
        }
        ModelSpec spec = ModelSpec.of(model);
        List<Piece> pieces = model.pieces();
        Map<String, Integer> ids = index(pieces, name);
        TrainerSpec trainer = model.trainer();
        return new VocabularyFile(
                pieces,
                ids,
                pieces.stream().map(piece -> surface(piece, spec)).toList(),
                spec,
                checkTypes(pieces, spec, name),
                controlId(trainer.bosPiece(), pieces, ids),
                controlId(trainer.eosPiece(), pieces, ids),
                controlId(trainer.padPiece(), pieces, ids),
                Optional.of(model),
                Optional.empty());
    }

    private static VocabularyFile of(ByteLevelModel model) {
        List<Piece> pieces = model.tokens().stream()
                .map(token -> new Piece(token.text(), 0, type(token)))
                .toList();
        return new VocabularyFile(
                pieces,
                index(pieces, "tokenizer.json"),
                model.tokens().stream().map(Token::bytes).toList(),
                new ModelSpec(
                        ModelType.BPE,
                        true,
                        false,
                        model.composed() ? "nfc" : "identity",
                        model.composed() || model.spaceBefore(),
                        false,
                        false,
                        ""),
                Vocabulary.NONE,
                model.begin().orElse(Vocabulary.NONE),
                model.end().orElse(Vocabulary.NONE),
                Vocabulary.NONE,
                Optional.empty(),
                Optional.of(model));
    }

    private static PieceType type(Token token) {
        return switch (token.kind()) {
            case TEXT -> PieceType.NORMAL;
            case ADDED -> PieceType.USER_DEFINED;
            case SPECIAL -> PieceType.CONTROL;
        };
    }

    private static int controlId(String piece, List<Piece> pieces, Map<String, Integer> ids) {
        int id = ids.getOrDefault(piece, Vocabulary.NONE);
        return id != Vocabulary.NONE && pieces.get(id).type() == PieceType.CONTROL ? id : Vocabulary.NONE;
    }

    private static byte[] surface(Piece piece, ModelSpec spec) {
        return switch (piece.type()) {
            case CONTROL -> new byte[0];
            case UNKNOWN -> spec.unknownSurface().getBytes(StandardCharsets.UTF_8);
            case BYTE -> new byte[] {(byte) byteValue(piece.text())};
            case NORMAL, USER_DEFINED, UNUSED ->
                piece.text().replace(SPACE_SYMBOL, ' ').getBytes(StandardCharsets.UTF_8);
        };
    }

    private static Map<String, Integer> index(List<Piece> pieces, String name) {
        Map<String, Integer> ids = new HashMap<>(2 * pieces.size());
        for (int id = 0; id < pieces.size(); id++) {
            Integer earlier = ids.put(pieces.get(id).text(), id);
            if (earlier != null) {
                throw unusable("pieces " + earlier + " and " + id + " are the same", name);
            }
        }
        return ids;
    }

    /** Checks what decoding relies on and gives the id of the unknown piece. */
    private static int checkTypes(List<Piece> pieces, ModelSpec spec, String name) {
        int unknown = Vocabulary.NONE;
        boolean[] byteSeen = new boolean[256];
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            if (piece.type() == PieceType.UNKNOWN) {
                if (unknown != Vocabulary.NONE) {
                    throw unusable("pieces " + unknown + " and " + id + " are both the unknown piece", name);
                }
                unknown = id;
            } else if (piece.type() == PieceType.BYTE) {
                int value = byteValue(piece.text());
                if (value < 0) {
                    throw unusable("byte piece " + id + " is not written <0xHH>: " + piece.text(), name);
                }
                if (!spec.byteFallback()) {
                    throw unusable("piece " + id + " is a byte piece although byte fallback is off", name);
                }
                byteSeen[value] = true;
            }
            if (Float.isNaN(piece.score())) {
                throw unusable("piece " + id + " has a score that is no number", name);
            }
        }
        if (unknown == Vocabulary.NONE) {
            throw unusable("there is no unknown piece", name);
        }
        for (int value = 0; spec.byteFallback() && value < byteSeen.length; value++) {
            if (!byteSeen[value]) {
                throw unusable("byte fallback is on but there is no piece for byte " + value, name);
            }
        }
        return unknown;
    }

    /** The value of {@code <0xHH>}, in upper case, or -1 where the text is something else. */
    private static int byteValue(String text) {
        return BYTE_PIECE.matcher(text).matches() ? HexFormat.fromHexDigits(text, 3, 5) : -1;
    }

    private static DataException unusable(String what, String name) {
        return new DataException(
                what, name, "Use a model file as SentencePiece's own trainer writes it ('alluvium tokenizer train').");
    }
}
