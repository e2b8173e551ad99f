package org.alluvium.tokenizer.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.Piece;
import org.alluvium.tokenizer.model.PieceType;
import org.alluvium.tokenizer.model.SentencePieceModel;

/**
 * Writes a SentencePiece model as a {@code tokenizer.json} that Hugging Face's tokenizers load, with the same ids for the same
 * pieces. A model that cannot be expressed is refused ({@link #refusal}). Of one that can be, text becomes the same ids as with
 * SentencePiece except where {@link #differences} says so.
 */
final class TokenizerJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SPACE = "\u2581";

    private final SentencePieceModel model;
    private final boolean usersDefine;

    private TokenizerJson(SentencePieceModel model) {
        this.model = model;
        this.usersDefine = has(model, PieceType.USER_DEFINED);
    }

    /** Why a model cannot be written, or nothing if it can be. */
    static Optional<String> refusal(SentencePieceModel model) {
        if (model.trainer().treatWhitespaceAsSuffix()) {
            return Optional.of("spaces at the end of words cannot be expressed in a tokenizer.json");
        }
        if (has(model, PieceType.UNUSED)) {
            return Optional.of("unused pieces cannot be expressed in a tokenizer.json");
        }
        return switch (model.trainer().modelType()) {
            case UNIGRAM, BPE -> refusalOfPieces(model);
            case WORD, CHAR ->
                Optional.of("a " + model.trainer().modelType() + " model cannot be expressed in a tokenizer.json");
        };
    }

    /** Pieces are found in text that rules have rewritten; SentencePiece keeps the rules from them. */
    private static Optional<String> refusalOfPieces(SentencePieceModel model) {
        if (!model.normalizer().hasCharsMap() || !has(model, PieceType.USER_DEFINED)) {
            return Optional.empty();
        }
        Rules rules = new Rules(model.normalizer());
        return findable(model)
                .filter(piece -> !rules.apply(piece).equals(piece))
                .findFirst()
                .map(piece -> "the user-defined piece '" + piece + "', which the normalization "
                        + model.normalizer().name() + " rewrites, cannot be expressed in a tokenizer.json");
    }

    /** SentencePiece writes the spaces of a text as U+2581 before it looks for pieces, so it never finds one with a space. */
    private static Stream<String> findable(SentencePieceModel model) {
        return model.pieces().stream()
                .filter(piece ->
                        piece.type() == PieceType.USER_DEFINED && !piece.text().contains(" "))
                .map(Piece::text);
    }

    /** For which texts the ids of the file are others than SentencePiece's, a sentence each. */
    static List<String> differences(SentencePieceModel model) {
        List<String> differences = new ArrayList<>();
        firstOf(model, PieceType.CONTROL)
                .ifPresent(piece -> differences.add("Text that spells a control piece, such as " + piece.text()
                        + ", becomes that piece; SentencePiece takes it for text."));
        if (model.trainer().modelType() == ModelType.UNIGRAM) {
            differences.add(
                    "Scores are added up in double precision, by SentencePiece in single: of segmentations that score"
                            + " as good as the same, as those of runs of spaces do, another may win.");
            firstOf(model, PieceType.BYTE)
                    .ifPresent(piece -> differences.add(
                            "Text that spells a byte piece, such as " + piece.text() + ", becomes that piece."));
        }
        if (has(model, PieceType.USER_DEFINED) && model.normalizer().addDummyPrefix()) {
            differences.add("No space is added before a text that is a user-defined piece and nothing else.");
        }
        if (model.normalizer().removeExtraWhitespaces() && keepsTrailing(model)) {
            differences.add("U+2581 at the end of a text is kept.");
        }
        if (model.normalizer().hasCharsMap()) {
            differences.add("The rules of normalization " + model.normalizer().name()
                    + " are applied to grapheme clusters, by SentencePiece to the longest match.");
        }
        return List.copyOf(differences);
    }

    /**
     * The file.
     *
     * @param begin the piece that is put before every text, if any
     * @param end the piece that is put behind every text, if any
     * @throws IllegalArgumentException if there is a {@link #refusal}
     */
    static byte[] of(SentencePieceModel model, Optional<Integer> begin, Optional<Integer> end) {
        refusal(model).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        try {
            return MAPPER.writeValueAsBytes(new TokenizerJson(model).root(begin, end));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    private static boolean has(SentencePieceModel model, PieceType type) {
        return firstOf(model, type).isPresent();
    }

    private static Optional<Piece> firstOf(SentencePieceModel model, PieceType type) {
        return model.pieces().stream().filter(piece -> piece.type() == type).findFirst();
    }

    private ObjectNode root(Optional<Integer> begin, Optional<Integer> end) {
        ObjectNode root = MAPPER.createObjectNode().put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        root.set("added_tokens", addedTokens());
        root.set("normalizer", normalizer());
        root.putNull("pre_tokenizer");
        root.set("post_processor", postProcessor(begin, end));
        root.set("decoder", decoder());
        root.set("model", segmentation());
        return root;
    }

    private ArrayNode addedTokens() {
        ArrayNode added = MAPPER.createArrayNode();
        for (int id = 0; id < model.pieces().size(); id++) {
            Piece piece = model.pieces().get(id);
            switch (piece.type()) {
                case UNKNOWN, CONTROL -> add(added, id, piece.text(), true);
                case USER_DEFINED -> {
                    if (!piece.text().contains(" ")) {
                        add(added, id, piece.text(), false);
                    }
                }
                case NORMAL, BYTE, UNUSED -> {
                    // The model's own.
                }
            }
        }
        return added;
    }

    private static void add(ArrayNode added, int id, String content, boolean special) {
        added.addObject()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", !special)
                .put("special", special);
    }

    private ObjectNode normalizer() {
        NormalizerSpec spec = model.normalizer();
        ObjectNode sequence = MAPPER.createObjectNode().put("type", "Sequence");
        ArrayNode steps = sequence.putArray("normalizers");
        if (spec.hasCharsMap()) {
            steps.addObject()
                    .put("type", "Precompiled")
                    .put("precompiled_charsmap", Base64.getEncoder().encodeToString(spec.charsMap()));
        }
        if (spec.removeExtraWhitespaces()) {
            // Not the format's own Strip, which takes all white space away: SentencePiece takes spaces.
            replace(steps, "Regex", "\\A +|" + (keepsTrailing(model) ? " " : "[ " + SPACE + "]") + "+\\z", "");
            replace(steps, "Regex", " {2,}", " ");
        }
        if (spec.addDummyPrefix()) {
            if (usersDefine) {
                replace(steps, "Regex", beginOfText(), SPACE);
            } else {
                steps.addObject().put("type", "Prepend").put("prepend", SPACE);
            }
        }
        replace(steps, "String", " ", SPACE);
        return sequence;
    }

    /** Whether a piece ends with U+2581, which SentencePiece takes off the end of a text, and must be kept as it is. */
    private static boolean keepsTrailing(SentencePieceModel model) {
        return findable(model).anyMatch(piece -> piece.endsWith(SPACE));
    }

    private static void replace(ArrayNode steps, String kind, String what, String by) {
        ObjectNode step = steps.addObject().put("type", "Replace");
        step.putObject("pattern").put(kind, what);
        step.put("content", by);
    }

    /**
     * The beginning of a text that is not one of the pieces that users defined: those are found in text that was normalized, and
     * so are normalized themselves.
     */
    private String beginOfText() {
        String pieces = findable(model).map(TokenizerJson::escaped).collect(Collectors.joining("|"));
        return "\\A(?!(?:" + pieces + ")?\\z)";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < 0x80 && !Character.isLetterOrDigit(c)) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(c);
        });
        return escaped.toString();
    }

    private ObjectNode postProcessor(Optional<Integer> begin, Optional<Integer> end) {
        if (begin.isEmpty() && end.isEmpty()) {
            return null;
        }
        ObjectNode template = MAPPER.createObjectNode().put("type", "TemplateProcessing");
        ArrayNode single = template.putArray("single");
        ArrayNode pair = template.putArray("pair");
        ObjectNode tokens = MAPPER.createObjectNode();
        for (String text : new String[] {"A", "B"}) {
            int type = text.equals("A") ? 0 : 1;
            ArrayNode[] both = type == 0 ? new ArrayNode[] {single, pair} : new ArrayNode[] {pair};
            for (ArrayNode items : both) {
                begin.ifPresent(id -> special(items, tokens, id, type));
                items.addObject().putObject("Sequence").put("id", text).put("type_id", type);
                end.ifPresent(id -> special(items, tokens, id, type));
            }
        }
        template.set("special_tokens", tokens);
        return template;
    }

    private void special(ArrayNode items, ObjectNode tokens, int id, int type) {
        String text = model.pieces().get(id).text();
        items.addObject().putObject("SpecialToken").put("id", text).put("type_id", type);
        ObjectNode token = MAPPER.createObjectNode().put("id", text);
        token.putArray("ids").add(id);
        token.putArray("tokens").add(text);
        tokens.set(text, token);
    }

    private ObjectNode decoder() {
        ObjectNode sequence = MAPPER.createObjectNode().put("type", "Sequence");
        ArrayNode steps = sequence.putArray("decoders");
        replace(steps, "String", SPACE, " ");
        steps.addObject().put("type", "ByteFallback");
        steps.addObject().put("type", "Fuse");
        if (model.normalizer().addDummyPrefix()) {
            steps.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        return sequence;
    }

    private ObjectNode segmentation() {
        return switch (model.trainer().modelType()) {
            case UNIGRAM -> unigram();
            case BPE -> bpe();
            case WORD, CHAR -> throw new IllegalArgumentException("was refused");
        };
    }

    private ObjectNode unigram() {
        ObjectNode node = MAPPER.createObjectNode().put("type", "Unigram").put("unk_id", unknownId());
        ArrayNode vocab = node.putArray("vocab");
        for (Piece piece : model.pieces()) {
            // As a double: the decimals of a float are those of another number in the precision that they are read in.
            vocab.addArray().add(piece.text()).add((double) piece.score());
        }
        return node.put("byte_fallback", model.trainer().byteFallback());
    }

    private ObjectNode bpe() {
        ObjectNode node = MAPPER.createObjectNode()
                .put("type", "BPE")
                .putNull("dropout")
                .put("unk_token", model.pieces().get(unknownId()).text())
                .putNull("continuing_subword_prefix")
                .putNull("end_of_word_suffix")
                .put("fuse_unk", true)
                .put("byte_fallback", model.trainer().byteFallback())
                .put("ignore_merges", false);
        ObjectNode vocab = node.putObject("vocab");
        for (int id = 0; id < model.pieces().size(); id++) {
            vocab.put(model.pieces().get(id).text(), id);
        }
        ArrayNode merges = node.putArray("merges");
        for (MergeList.Pair pair : MergeList.of(model)) {
            merges.addArray().add(pair.left()).add(pair.right());
        }
        return node;
    }

    private int unknownId() {
        for (int id = 0; id < model.pieces().size(); id++) {
            if (model.pieces().get(id).type() == PieceType.UNKNOWN) {
                return id;
            }
        }
        throw new IllegalArgumentException("the model has no unknown piece");
    }
}
