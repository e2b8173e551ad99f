package org.alluvium.tokenizer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.config.TokenizerConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;

/**
 * The pieces of a SentencePiece model: ids, special ids, and decoding. Immutable and thread-safe; nothing native is
 * involved. Two vocabularies are the same if and only if their {@link #digest()} is.
 *
 * <p>Decoding follows SentencePiece: control pieces vanish, a run of byte pieces is read as UTF-8 (invalid sequences become
 * U+FFFD), U+2581 becomes a space, and the space that the encoder put before the text is taken away.
 */
public final class Vocabulary {

    /** Returned for a special id that the vocabulary does not have. */
    public static final int NONE = -1;

    private static final String BUNDLED = "europarl-16k.model";
    private static final char SPACE_SYMBOL = '\u2581';

    private final String name;
    private final SentencePieceModel file;
    private final byte[] model;
    private final String digest;
    private final List<Piece> pieces;
    private final ModelSpec spec;
    private final Map<String, Integer> ids;
    private final byte[][] surfaces;
    private final int unknownId;
    private final int bosId;
    private final int eosId;
    private final int padId;

    private Vocabulary(String name, byte[] model) {
        SentencePieceModel file = SentencePieceModel.parse(model, name);
        TrainerSpec trainer = file.trainer();
        this.name = name;
        this.file = file;
        this.model = model;
        this.digest = Sha256.of(model);
        this.pieces = file.pieces();
        this.spec = ModelSpec.of(file);
        // Decoding without such rules would be silently wrong.
        if (file.denormalizer().filter(NormalizerSpec::hasCharsMap).isPresent()) {
            throw unusable("the model has denormalization rules, which are not supported", name);
        }
        this.ids = index(pieces, name);
        this.unknownId = checkTypes(pieces, spec, name);
        this.bosId = controlId(trainer.bosPiece());
        this.eosId = controlId(trainer.eosPiece());
        this.padId = controlId(trainer.padPiece());
        this.surfaces = new byte[pieces.size()][];
        for (int id = 0; id < surfaces.length; id++) {
            surfaces[id] = surface(pieces.get(id), spec);
        }
    }

    /**
     * Reads a model file.
     *
     * @throws UnavailableException if there is no such file
     * @throws StorageException if it cannot be read
     * @throws DataException if it is not a SentencePiece model; names the offset of the damage
     */
    public static Vocabulary load(Path file) {
        try {
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

    /**
     * The vocabulary that a model file's bytes hold.
     *
     * @param name what to call it in errors
     * @throws DataException if they are not a SentencePiece model; names the offset of the damage
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

    /** Everything the model file says. */
    public SentencePieceModel model() {
        return file;
    }

    public ModelSpec spec() {
        return spec;
    }

    /** Number of pieces; ids are 0 to {@code size() - 1}. */
    public int size() {
        return pieces.size();
    }

    /**
     * The piece with the given id.
     *
     * @throws IndexOutOfBoundsException if there is no such id
     */
    public Piece piece(int id) {
        return pieces.get(id);
    }

    /** The id of a piece by its text, with U+2581 for a space, or {@link #NONE}. */
    public int idOf(String piece) {
        return ids.getOrDefault(piece, NONE);
    }

    /** The id that stands for text without pieces; every vocabulary has one. */
    public int unknownId() {
        return unknownId;
    }

    /** The id that begins a document, or {@link #NONE}. */
    public int bosId() {
        return bosId;
    }

    /** The id that ends a document, or {@link #NONE}. */
    public int eosId() {
        return eosId;
    }

    /** The id that pads, or {@link #NONE}. */
    public int padId() {
        return padId;
    }

    /**
     * The text of a sequence of ids that begins where a text begins.
     *
     * @throws IndexOutOfBoundsException if an id is not in the vocabulary
     */
    public String decode(int[] ids) {
        return new String(decodeBytes(ids), StandardCharsets.UTF_8);
    }

    /** As {@link #decode(int[])}, in UTF-8, where incomplete characters are kept as the bytes they are. */
    public byte[] decodeBytes(int[] ids) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(4 * ids.length);
        boolean atStart = spec.addDummyPrefix() || spec.removeExtraWhitespaces();
        for (int id : ids) {
            byte[] surface = surfaces[checked(id)];
            int from = atStart && beginsWithSpaceSymbol(id) ? 1 : 0;
            text.write(surface, from, surface.length - from);
            atStart &= text.size() == 0 && (from == 0 || spec.removeExtraWhitespaces());
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
        return surfaces[checked(id)].clone();
    }

    private int checked(int id) {
        if (id < 0 || id >= surfaces.length) {
            throw new IndexOutOfBoundsException("token id " + id + " is not in the vocabulary of " + surfaces.length
                    + " pieces (" + name + ", digest " + digest + ")");
        }
        return id;
    }

    private boolean beginsWithSpaceSymbol(int id) {
        Piece piece = pieces.get(id);
        return isText(piece.type()) && piece.text().charAt(0) == SPACE_SYMBOL;
    }

    private int controlId(String piece) {
        int id = idOf(piece);
        return id != NONE && pieces.get(id).type() == PieceType.CONTROL ? id : NONE;
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

    private static boolean isText(PieceType type) {
        return type == PieceType.NORMAL || type == PieceType.USER_DEFINED || type == PieceType.UNUSED;
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
        int unknown = NONE;
        boolean[] byteSeen = new boolean[256];
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            if (piece.type() == PieceType.UNKNOWN) {
                if (unknown != NONE) {
                    throw unusable("pieces " + unknown + " and " + id + " are both the unknown piece", name);
                }
                unknown = id;
            } else if (piece.type() == PieceType.BYTE) {
                int value = byteValue(piece.text());
                if (value < 0) {
                    throw unusable("byte piece " + id + " is not written <0xHH>: " + piece.text(), name);
                }
                byteSeen[value] = true;
            }
        }
        if (unknown == NONE) {
            throw unusable("there is no unknown piece", name);
        }
        for (int value = 0; spec.byteFallback() && value < byteSeen.length; value++) {
            if (!byteSeen[value]) {
                throw unusable("byte fallback is on but there is no piece for byte " + value, name);
            }
        }
        return unknown;
    }

    /** The value of {@code <0xHH>}, or -1 where the text is something else. */
    private static int byteValue(String text) {
        boolean shaped = text.length() == 6
                && text.startsWith("<0x")
                && text.endsWith(">")
                && HexFormat.isHexDigit(text.charAt(3))
                && HexFormat.isHexDigit(text.charAt(4));
        return shaped ? HexFormat.fromHexDigits(text, 3, 5) : -1;
    }

    private static DataException unusable(String what, String name) {
        return new DataException(
                what, name, "Use a model file as SentencePiece's own trainer writes it ('alluvium tokenizer train').");
    }
}
