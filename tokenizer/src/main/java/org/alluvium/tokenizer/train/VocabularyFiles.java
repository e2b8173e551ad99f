package org.alluvium.tokenizer.train;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.Durability;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.SentencePieceModel;

/** A trained vocabulary as files: {@code prefix.model}, and {@code prefix.vocab} with a piece and its score a line. */
public final class VocabularyFiles {

    private VocabularyFiles() {}

    /** The model file of a prefix. */
    public static Path model(Path prefix) {
        return prefix.resolveSibling(prefix.getFileName() + ".model");
    }

    /** The list of a prefix. */
    public static Path list(Path prefix) {
        return prefix.resolveSibling(prefix.getFileName() + ".vocab");
    }

    /**
     * Checks that files can be put there, which one wants to know before training for them.
     *
     * @throws StorageException if the folder is not there or cannot be written to
     */
    public static void check(Path prefix) {
        Path folder = model(prefix).toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw unwritable(prefix, "there is no such folder, or it is not writable", null);
        }
    }

    /**
     * Puts both files there, the model last; each appears whole or not at all.
     *
     * @throws StorageException if they cannot be written
     */
    public static void publish(SentencePieceModel model, Path prefix) {
        try {
            publish(text(model).getBytes(StandardCharsets.UTF_8), list(prefix).toAbsolutePath());
            publish(model.toBytes(), model(prefix).toAbsolutePath());
        } catch (IOException e) {
            throw unwritable(prefix, e.toString(), e);
        }
    }

    private static void publish(byte[] content, Path target) throws IOException {
        Path part = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid());
        // Whoever interrupts the program finds nothing half-written.
        part.toFile().deleteOnExit();
        try {
            Durability.writeNew(part, content);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            Durability.syncFolder(target.getParent());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The list as {@code spm_train} writes it. */
    static String text(SentencePieceModel model) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : model.pieces()) {
            text.append(piece.text());
            if (model.trainer().vocabularyOutputPieceScore()) {
                text.append('\t').append(score(piece.score()));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Six significant digits at most, as C++ prints a number. */
    static String score(float score) {
        if (score == 0) {
            return 1 / score < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(score).round(new MathContext(6)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return rounded.toPlainString();
        }
        BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
        return mantissa.toPlainString() + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static StorageException unwritable(Path prefix, String why, IOException cause) {
        return new StorageException(
                "the vocabulary cannot be written (" + why + ")",
                prefix.toString(),
                "Check that the folder is there and may be written.",
                cause);
    }
}
