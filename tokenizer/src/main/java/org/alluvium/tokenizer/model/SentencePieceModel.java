package org.alluvium.tokenizer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.error.DataException;

/**
 * A SentencePiece model file as data: the Protocol Buffers message {@code ModelProto} of SentencePiece's published schema
 * ({@code sentencepiece_model.proto}), all its fields but third parties' extensions, which are skipped.
 *
 * <pre>
 * ModelProto      1 pieces*   2 trainer_spec   3 normalizer_spec   4 self_test_data   5 denormalizer_spec
 * SentencePiece   1 piece     2 score          3 type
 * SelfTestData    1 samples*  of 1 input, 2 expected
 * </pre>
 *
 * <p>Immutable. Nothing is checked here but the form: what an encoder relies on is checked where it is used.
 *
 * @param pieces in the order of their ids; at least one, none with an empty text
 * @param trainer how it was trained
 * @param normalizer what is done to text before it is segmented
 * @param denormalizer rules that rewrite decoded text; rare
 * @param selfTest samples to test the model with. SentencePiece tries them when it loads a model, and refuses the model where one
 *     fails; we don't, as loading is not where encoders are compared
 */
public record SentencePieceModel(
        List<Piece> pieces,
        TrainerSpec trainer,
        NormalizerSpec normalizer,
        Optional<NormalizerSpec> denormalizer,
        List<SelfTest> selfTest) {

    /**
     * A text and what it is segmented into.
     *
     * @param input the text
     * @param expected its pieces with a space between them
     */
    public record SelfTest(String input, String expected) {}

    public SentencePieceModel {
        pieces = List.copyOf(pieces);
        selfTest = List.copyOf(selfTest);
    }

    /** A model without denormalization rules and self-tests. */
    public SentencePieceModel(List<Piece> pieces, TrainerSpec trainer, NormalizerSpec normalizer) {
        this(pieces, trainer, normalizer, Optional.empty(), List.of());
    }

    /**
     * Reads a model file.
     *
     * @param name what to call it in errors
     * @throws DataException if it is damaged; names the offset
     */
    public static SentencePieceModel parse(byte[] bytes, String name) {
        ProtoReader in = new ProtoReader(bytes, name);
        List<Piece> pieces = new ArrayList<>();
        TrainerSpec trainer = TrainerSpec.defaults();
        NormalizerSpec normalizer = NormalizerSpec.defaults();
        Optional<NormalizerSpec> denormalizer = Optional.empty();
        List<SelfTest> selfTest = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> pieces.add(readPiece(in.message(), pieces.size()));
                case 2 -> trainer = TrainerSpecFormat.read(in.message());
                case 3 -> normalizer = NormalizerSpec.read(in.message());
                case 4 -> readSelfTest(in.message(), selfTest);
                case 5 -> denormalizer = Optional.of(NormalizerSpec.read(in.message()));
                default -> in.skip();
            }
        }
        if (pieces.isEmpty()) {
            throw in.damaged("there are no pieces");
        }
        return new SentencePieceModel(pieces, trainer, normalizer, denormalizer, selfTest);
    }

    /** The model file; reading it gives an equal model. Fields that have the schema's default are left out. */
    public byte[] toBytes() {
        ProtoWriter out = new ProtoWriter();
        for (Piece piece : pieces) {
            ProtoWriter message = new ProtoWriter();
            message.string(1, piece.text(), "");
            message.float32(2, piece.score());
            message.number(3, piece.type().number(), PieceType.NORMAL.number());
            out.delimited(1, message.bytes());
        }
        out.delimited(2, TrainerSpecFormat.write(trainer));
        out.delimited(3, normalizer.write());
        if (!selfTest.isEmpty()) {
            out.delimited(4, writeSelfTest());
        }
        denormalizer.ifPresent(spec -> out.delimited(5, spec.write()));
        return out.bytes();
    }

    private static Piece readPiece(ProtoReader in, int id) {
        String text = "";
        float score = 0;
        PieceType type = PieceType.NORMAL;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> text = in.string();
                case 2 -> score = in.float32();
                case 3 -> type = readType(in, id);
                default -> in.skip();
            }
        }
        if (text.isEmpty()) {
            throw in.damaged("piece " + id + " is empty");
        }
        return new Piece(text, score, type);
    }

    private static PieceType readType(ProtoReader in, int id) {
        long number = in.varint();
        PieceType type = PieceType.of(number);
        if (type == null) {
            throw in.damaged("piece " + id + " has the unknown type " + number);
        }
        return type;
    }

    private static void readSelfTest(ProtoReader in, List<SelfTest> samples) {
        while (in.next()) {
            if (in.field() == 1) {
                samples.add(readSample(in.message()));
            } else {
                in.skip();
            }
        }
    }

    private static SelfTest readSample(ProtoReader in) {
        String input = "";
        String expected = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> input = in.string();
                case 2 -> expected = in.string();
                default -> in.skip();
            }
        }
        return new SelfTest(input, expected);
    }

    private byte[] writeSelfTest() {
        ProtoWriter out = new ProtoWriter();
        for (SelfTest sample : selfTest) {
            ProtoWriter message = new ProtoWriter();
            message.string(1, sample.input(), "");
            message.string(2, sample.expected(), "");
            out.delimited(1, message.bytes());
        }
        return out.bytes();
    }
}
