package org.alluvium.tokenizer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.alluvium.contracts.config.TokenizerConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;

/**
 * The pieces of a SentencePiece model, or of a byte-level {@code tokenizer.json}: ids, special ids, and decoding. Immutable and
 * thread-safe; nothing native is involved. Two vocabularies are the same if and only if their {@link #digest()} is.
 *
 * <p>Decoding follows SentencePiece: control pieces vanish, a run of byte pieces is read as UTF-8 (every byte that is part of
 * no character becomes U+FFFD), U+2581 becomes a space, and the space that the encoder put before the text is taken away. Of a byte-level
 * vocabulary the pieces are written as its file has them (Ġthe), and decoding puts their bytes together.
 */
public final class Vocabulary {

    /** Returned for a special id that the vocabulary does not have. */
    public static final int NONE = -1;

    private static final String BUNDLED = "europarl-16k.model";
    private static final char SPACE_SYMBOL = '\u2581';

    /** Bytes of a file, ten times those of the largest vocabulary that is known; whatever is larger is something else. */
    private static final long LARGEST = 512L << 20;

    private final String name;
    private final byte[] model;
    private final String digest;
    private final VocabularyFile file;

    private Vocabulary(String name, byte[] model) {
        this.name = name;
        this.model = model;
        this.digest = Sha256.of(model);
        this.file = VocabularyFile.parse(model, name);
    }

    /**
     * Reads a model file.
     *
     * @throws UnavailableException if there is no such file, or a folder
     * @throws StorageException if it cannot be read
     * @throws DataException if it is neither a SentencePiece model nor a byte-level {@code tokenizer.json}; names the place
     */
    public static Vocabulary load(Path file) {
        try {
            requireModelFile(file);
            return new Vocabulary(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new UnavailableException(
                    "there is no such SentencePiece model",
                    file.toString(),
                    "Correct tokenizer.model, or train one with 'alluvium tokenizer train'.",
                    e);
        } catch (IOException e) {
            throw new StorageException(
                    "the SentencePiece model cannot be read (" + e + ")",
                    file.toString(),
                    "Check the permissions and the disk.",
                    e);
        }
    }

    private static void requireModelFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnavailableException(
                    "this is a folder, where the file of a vocabulary is needed",
                    file.toString(),
                    "Name the file in it: tokenizer.model or tokenizer.json.");
        }
        long bytes = Files.size(file);
        if (bytes > LARGEST) {
            throw new DataException(
                    "a file of " + bytes + " bytes is no vocabulary: the largest that is read has " + LARGEST,
                    file.toString(),
                    "Name a SentencePiece model or a byte-level tokenizer.json.");
        }
    }

    /**
     * The vocabulary that a model file's bytes hold.
     *
     * @param name what to call it in errors
     * @throws DataException if they are neither a SentencePiece model nor a byte-level {@code tokenizer.json}; names the place
     */
    public static Vocabulary parse(byte[] model, String name) {
        return new Vocabulary(name, model.clone());
    }

    /** The vocabulary that comes with Alluvium: 16,000 pieces for 21 European languages, unigram with byte fallback. */
    public static Vocabulary bundled() {
        try (InputStream in = Vocabulary.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("resource " + BUNDLED + " is missing from the jar");
            }
            return new Vocabulary("bundled " + BUNDLED, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + BUNDLED + " cannot be read", e);
        }
    }

    /** The vocabulary a configuration asks for: its model file, or the bundled one. */
    public static Vocabulary of(TokenizerConfig config) {
        return config.model().map(Vocabulary::load).orElseGet(Vocabulary::bundled);
    }

    /** Where it was read from, for messages. */
    public String name() {
        return name;
    }

    /** SHA-256 of the model file, 64 lower-case hexadecimal digits. */
    public String digest() {
        return digest;
    }

    /** A copy of the model file. */
    public byte[] modelBytes() {
        return model.clone();
    }

    /**
     * Everything the model file says.
     *
     * @throws MismatchException if this is not a SentencePiece model but byte-level
     */
    public SentencePieceModel model() {
        return file.sentencePiece()
                .orElseThrow(() -> new MismatchException(
                        "this vocabulary is byte-level, where a SentencePiece model is needed",
                        name,
                        "Use a SentencePiece model (tokenizer.model)."));
    }

    /** The byte-level vocabulary, if it is one and not a SentencePiece model. */
    public Optional<ByteLevelModel> byteLevel() {
        return file.byteLevel();
    }

    public ModelSpec spec() {
        return file.spec();
    }

    /** Number of pieces; ids are 0 to {@code size() - 1}. */
    public int size() {
        return file.pieces().size();
    }

    /**
     * The piece with the given id.
     *
     * @throws IndexOutOfBoundsException if there is no such id
     */
    public Piece piece(int id) {
        return file.pieces().get(id);
    }

    /** The id of a piece by its text, with U+2581 for a space, or {@link #NONE}. */
    public int idOf(String piece) {
        return file.ids().getOrDefault(piece, NONE);
    }

    /** The id that stands for text without pieces; {@link #NONE} where there is a piece for every byte. */
    public int unknownId() {
        return file.unknownId();
    }

    /** The id that begins a document, or {@link #NONE}. */
    public int bosId() {
        return file.bosId();
    }

    /** The id that ends a document, or {@link #NONE}. */
    public int eosId() {
        return file.eosId();
    }

    /** The id that pads, or {@link #NONE}. */
    public int padId() {
        return file.padId();
    }

    /**
     * The text of a sequence of ids that begins where a text begins.
     *
     * @throws IndexOutOfBoundsException if an id is not in the vocabulary
     */
    public String decode(int[] ids) {
        if (byteLevel().isPresent()) {
            return new String(decodeBytes(ids), StandardCharsets.UTF_8);
        }
        List<Integer> gaps = new ArrayList<>();
        byte[] utf8 = decodeBytes(ids, gaps::add);
        StringBuilder text = new StringBuilder(utf8.length);
        int from = 0;
        for (int gap : gaps) {
            appendText(utf8, from, gap, text);
            from = gap;
        }
        appendText(utf8, from, utf8.length, text);
        return text.toString();
    }

    /** SentencePiece replaces every byte by itself, where Java has one U+FFFD for a character that is cut short. */
    private static void appendText(byte[] utf8, int from, int to, StringBuilder text) {
        ByteBuffer in = ByteBuffer.wrap(utf8, from, to - from);
        CharBuffer chars = CharBuffer.allocate(to - from);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, chars, true);
        while (result.isMalformed()) {
            chars.put("\uFFFD".repeat(result.length()));
            in.position(in.position() + result.length());
            result = decoder.decode(in, chars, true);
        }
        text.append(chars.flip());
    }

    /** As {@link #decode(int[])}, in UTF-8, where incomplete characters are kept as the bytes they are. */
    public byte[] decodeBytes(int[] ids) {
        return decodeBytes(ids, gap -> {});
    }

    /** Tells where in the text ids are that add nothing: no character reaches over them. */
    private byte[] decodeBytes(int[] ids, IntConsumer gaps) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(4 * ids.length);
        ModelSpec spec = file.spec();
        boolean atStart = spec.addDummyPrefix() || spec.removeExtraWhitespaces();
        for (int id : ids) {
            byte[] surface = file.surfaces().get(checked(id));
            int from = atStart && beginsWithSpaceSymbol(id) ? 1 : 0;
            text.write(surface, from, surface.length - from);
            atStart &= text.size() == 0 && (from == 0 || spec.removeExtraWhitespaces());
            if (surface.length == 0) {
                gaps.accept(text.size());
            }
        }
        return text.toByteArray();
    }

    /**
     * The UTF-8 bytes an id adds in the middle of a text: none for a control piece, one for a byte piece. A character may
     * be spread over several ids.
     *
     * @throws IndexOutOfBoundsException if there is no such id
     */
    public byte[] bytes(int id) {
        return file.surfaces().get(checked(id)).clone();
    }

    private int checked(int id) {
        if (id < 0 || id >= size()) {
            throw new IndexOutOfBoundsException("token id " + id + " is not in the vocabulary of " + size()
                    + " pieces (" + name + ", digest " + digest + ")");
        }
        return id;
    }

    private boolean beginsWithSpaceSymbol(int id) {
        Piece piece = piece(id);
        return isText(piece.type()) && piece.text().charAt(0) == SPACE_SYMBOL;
    }

    private static boolean isText(PieceType type) {
        return type == PieceType.NORMAL || type == PieceType.USER_DEFINED || type == PieceType.UNUSED;
    }
}
