package org.alluvium.tokenizer.bytelevel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
public final class TokenizerJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SPACE = "\u2581";

    private final SentencePieceModel model;
    private final boolean usersDefine;

    private TokenizerJson(SentencePieceModel model) {
        this.model = model;
        this.usersDefine = has(model, PieceType.USER_DEFINED);
    }

    /** Why a model cannot be written, or nothing if it can be. */
    public static Optional<String> refusal(SentencePieceModel model) {
        if (model.trainer().treatWhitespaceAsSuffix()) {
            return Optional.of("spaces at the end of words cannot be expressed in a tokenizer.json");
        }
        if (has(model, PieceType.UNUSED)) {
            return Optional.of("unused pieces cannot be expressed in a tokenizer.json");
        }
        return switch (model.trainer().modelType()) {
            case UNIGRAM, BPE -> Optional.empty();
            case WORD, CHAR ->
                Optional.of("a " + model.trainer().modelType() + " model cannot be expressed in a tokenizer.json");
        };
    }

    /** For which texts the ids of the file are others than SentencePiece's, a sentence each. */
    public static List<String> differences(SentencePieceModel model) {
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
            differences.add("No space is added before a text that begins with a space or with a user-defined piece.");
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
    public static byte[] of(SentencePieceModel model, Optional<Integer> begin, Optional<Integer> end) {
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
        root.set("pre_tokenizer", preTokenizer());
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
                case USER_DEFINED -> addUserDefined(added, id, piece);
                case NORMAL, BYTE, UNUSED -> {
                    // The model's own.
                }
            }
        }
        return added;
    }

    private static void addUserDefined(ArrayNode added, int id, Piece piece) {
        // SentencePiece writes the spaces of a text as U+2581 before it looks for pieces, so it never finds one with a
        // space.
        if (!piece.text().contains(" ")) {
            add(added, id, piece.text().replace(SPACE, " "), false);
        }
    }

    private static void add(ArrayNode added, int id, String content, boolean special) {
        added.addObject()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
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
            replace(steps, "Regex", "\\A +| +\\z", "");
            replace(steps, "Regex", " {2,}", " ");
        }
        if (spec.addDummyPrefix() && !usersDefine) {
            steps.addObject().put("type", "Prepend").put("prepend", SPACE);
        }
        replace(steps, "String", " ", SPACE);
        return sequence;
    }

    private static void replace(ArrayNode steps, String kind, String what, String by) {
        ObjectNode step = steps.addObject().put("type", "Replace");
        step.putObject("pattern").put(kind, what);
        step.put("content", by);
    }

    /** Added tokens cut a text before it is normalized, and then only this knows where its beginning is. */
    private ObjectNode preTokenizer() {
        if (!usersDefine || !model.normalizer().addDummyPrefix()) {
            return null;
        }
        return MAPPER.createObjectNode()
                .put("type", "Metaspace")
                .put("replacement", SPACE)
                .put("prepend_scheme", "first")
                .put("split", false);
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
