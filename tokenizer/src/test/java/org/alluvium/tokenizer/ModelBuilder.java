package org.alluvium.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes SentencePiece model files by hand, well-formed or not. */
public final class ModelBuilder {

    public static final int NORMAL = 1;
    public static final int UNKNOWN = 2;
    public static final int CONTROL = 3;
    public static final int BYTE = 6;

    private final ByteArrayOutputStream model = new ByteArrayOutputStream();

    /** Unknown, BOS and EOS pieces as usual, and two words. */
    public static ModelBuilder small() {
        return new ModelBuilder()
                .piece("<unk>", UNKNOWN)
                .piece("<s>", CONTROL)
                .piece("</s>", CONTROL)
                .piece("\u2581", NORMAL)
                .piece("\u2581a", NORMAL)
                .piece("b", NORMAL)
                .trainer(3, 1)
                .normalizer(4, 0);
    }

    public ModelBuilder bytePieces() {
        for (int value = 0; value < 256; value++) {
            piece(String.format("<0x%02X>", value), BYTE);
        }
        return trainer(35, 1);
    }

    public ModelBuilder piece(String text, int type) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        delimited(piece, 1, text.getBytes(StandardCharsets.UTF_8));
        piece.write((2 << 3) | 5);
        piece.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(-1.5f)
                .array());
        varint(piece, 3, type);
        delimited(model, 1, piece.toByteArray());
        return this;
    }

    /** A number in the trainer's part. */
    public ModelBuilder trainer(int field, long value) {
        return numberIn(2, field, value);
    }

    /** A number in the normalizer's part. */
    public ModelBuilder normalizer(int field, long value) {
        return numberIn(3, field, value);
    }

    public ModelBuilder raw(int field, byte[] message) {
        delimited(model, field, message);
        return this;
    }

    public byte[] bytes() {
        return model.toByteArray();
    }

    public Vocabulary vocabulary() {
        return Vocabulary.parse(bytes(), "test.model");
    }

    private ModelBuilder numberIn(int part, int field, long value) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        varint(message, field, value);
        delimited(model, part, message.toByteArray());
        return this;
    }

    private static void varint(ByteArrayOutputStream out, int field, long value) {
        number(out, (long) field << 3);
        number(out, value);
    }

    private static void delimited(ByteArrayOutputStream out, int field, byte[] bytes) {
        number(out, ((long) field << 3) | 2);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
