package org.alluvium.tokenizer;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.tokenizer.ModelSpec.Algorithm;

/**
 * What Alluvium reads of a SentencePiece model file. The format is the Protocol Buffers message {@code ModelProto} of
 * SentencePiece's published schema ({@code sentencepiece_model.proto}); the fields used are
 *
 * <pre>
 * ModelProto      1 pieces*   2 trainer_spec   3 normalizer_spec   5 denormalizer_spec
 * SentencePiece   1 piece     2 score          3 type
 * TrainerSpec     3 model_type  25 split_digits  35 byte_fallback  44 unk_surface  46 bos_piece  47 eos_piece  48 pad_piece
 * NormalizerSpec  1 name  2 precompiled_charsmap  3 add_dummy_prefix  4 remove_extra_whitespaces
 * </pre>
 *
 * and everything else is skipped.
 *
 * @param pieces in the order of their ids
 * @param spec how the model treats text
 * @param bosPiece text of the piece that begins a document
 * @param eosPiece text of the piece that ends a document
 * @param padPiece text of the piece that pads
 */
record ModelFile(List<Piece> pieces, ModelSpec spec, String bosPiece, String eosPiece, String padPiece) {

    /**
     * Parses a model file.
     *
     * @param name what to call the file in errors
     * @throws org.alluvium.contracts.error.DataException if it is damaged, or needs a denormalizer
     */
    static ModelFile parse(byte[] bytes, String name) {
        return new Parser().parse(new ProtoReader(bytes, name));
    }

    /** The values read so far, beginning with the schema's defaults. */
    private static final class Parser {

        private final List<Piece> pieces = new ArrayList<>();
        private Algorithm algorithm = Algorithm.UNIGRAM;
        private boolean splitDigits;
        private boolean byteFallback;
        private String unknownSurface = " \u2047 ";
        private String bosPiece = "<s>";
        private String eosPiece = "</s>";
        private String padPiece = "<pad>";
        private String normalization = "";
        private boolean hasCharsMap;
        private boolean addDummyPrefix = true;
        private boolean removeExtraWhitespaces = true;

        ModelFile parse(ProtoReader model) {
            while (model.next()) {
                switch (model.field()) {
                    case 1 -> pieces.add(piece(model.message()));
                    case 2 -> trainerSpec(model.message());
                    case 3 -> normalizerSpec(model.message());
                    case 5 -> denormalizerSpec(model.message());
                    default -> model.skip();
                }
            }
            if (pieces.isEmpty()) {
                throw model.damaged("there are no pieces");
            }
            ModelSpec spec = new ModelSpec(
                    algorithm,
                    byteFallback,
                    splitDigits,
                    normalization,
                    hasCharsMap,
                    addDummyPrefix,
                    removeExtraWhitespaces,
                    unknownSurface);
            return new ModelFile(List.copyOf(pieces), spec, bosPiece, eosPiece, padPiece);
        }

        private Piece piece(ProtoReader message) {
            String text = "";
            float score = 0;
            PieceType type = PieceType.NORMAL;
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> text = message.string();
                    case 2 -> score = message.float32();
                    case 3 -> type = type(message);
                    default -> message.skip();
                }
            }
            if (text.isEmpty()) {
                throw message.damaged("piece " + pieces.size() + " is empty");
            }
            return new Piece(text, score, type);
        }

        private PieceType type(ProtoReader message) {
            long number = message.varint();
            PieceType type = PieceType.of(number);
            if (type == null) {
                throw message.damaged("piece " + pieces.size() + " has the unknown type " + number);
            }
            return type;
        }

        private void trainerSpec(ProtoReader message) {
            while (message.next()) {
                switch (message.field()) {
                    case 3 -> algorithm = algorithm(message);
                    case 25 -> splitDigits = message.bool();
                    case 35 -> byteFallback = message.bool();
                    case 44 -> unknownSurface = message.string();
                    case 46 -> bosPiece = message.string();
                    case 47 -> eosPiece = message.string();
                    case 48 -> padPiece = message.string();
                    default -> message.skip();
                }
            }
        }

        private static Algorithm algorithm(ProtoReader message) {
            long number = message.varint();
            Algorithm algorithm = Algorithm.of(number);
            if (algorithm == null) {
                throw message.damaged("model type " + number + " is not known");
            }
            return algorithm;
        }

        private void normalizerSpec(ProtoReader message) {
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> normalization = message.string();
                    case 2 -> hasCharsMap = message.length() > 0;
                    case 3 -> addDummyPrefix = message.bool();
                    case 4 -> removeExtraWhitespaces = message.bool();
                    default -> message.skip();
                }
            }
        }

        /** Rules that rewrite decoded text are rare and not supported; decoding without them would be silently wrong. */
        private static void denormalizerSpec(ProtoReader message) {
            while (message.next()) {
                if (message.field() != 2) {
                    message.skip();
                } else if (message.length() > 0) {
                    throw message.damaged("the model has denormalization rules, which are not supported");
                }
            }
        }
    }
}
