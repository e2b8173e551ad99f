package org.alluvium.tokenizer.bytelevel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Kind;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Merge;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Token;

/** Reads one {@code tokenizer.json}, in the form that version 1.0 of the format has. */
final class TokenizerJsonReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int BYTES = 256;

    private static final Set<String> KEYS = Set.of(
            "version",
            "truncation",
            "padding",
            "added_tokens",
            "normalizer",
            "pre_tokenizer",
            "post_processor",
            "decoder",
            "model");

    private static final Set<String> MODEL_KEYS = Set.of(
            "type",
            "dropout",
            "unk_token",
            "continuing_subword_prefix",
            "end_of_word_suffix",
            "fuse_unk",
            "byte_fallback",
            "ignore_merges",
            "vocab",
            "merges");

    private final JsonPlace root;
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Token> tokens = new ArrayList<>();

    TokenizerJsonReader(byte[] json, String name) {
        try {
            this.root = new JsonPlace(MAPPER.readTree(json), "$", name);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "this is not JSON, or not all of it",
                    name + " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    "Use a tokenizer.json as Hugging Face's tokenizers write it.",
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    ByteLevelModel read() {
        // First what kind of vocabulary it is: all else that is refused follows from that.
        JsonPlace model = root.get("model");
        checkModel(model);
        root.requireKeys(KEYS);
        root.get("truncation").requireUnset();
        root.get("padding").requireUnset();
        vocabulary(model.get("vocab"));
        List<AddedToken> added = added(root.get("added_tokens"));
        requireTokens(model.get("vocab"));
        Splits splits = new Splits(root.get("pre_tokenizer"));
        List<Split> patterns = splits.read();
        Documents documents = new Documents(root.get("post_processor"), added);
        return new ByteLevelModel(
                tokens,
                merges(model.get("merges")),
                model.get("ignore_merges").flag(),
                isComposed(root.get("normalizer")),
                splits.spaceBefore(),
                patterns,
                added,
                documents.begin(),
                documents.end());
    }

    private static boolean isComposed(JsonPlace normalizer) {
        if (normalizer.isAbsent()) {
            return false;
        }
        String type = normalizer.get("type").text();
        return switch (type) {
            case "NFC" -> true;
            case "Sequence" -> {
                boolean composed = false;
                JsonPlace parts = normalizer.get("normalizers");
                for (int i = 0; i < parts.node().size(); i++) {
                    composed |= isComposed(parts.get(i));
                }
                yield composed;
            }
            default -> throw normalizer.unsupported(type);
        };
    }

    private static void checkModel(JsonPlace model) {
        String type = model.get("type").isAbsent() ? "BPE" : model.get("type").text();
        if (!type.equals("BPE")) {
            throw model.get("type").unsupported(type);
        }
        if (model.get("byte_fallback").flag()) {
            throw model.get("byte_fallback")
                    .unsupported("bytes for what has no token, as a SentencePiece model has them");
        }
        model.requireKeys(MODEL_KEYS);
        model.get("dropout").requireUnset();
        model.get("continuing_subword_prefix").requireUnset();
        model.get("end_of_word_suffix").requireUnset();
        // Every byte has a token, so nothing is unknown: unk_token and fuse_unk have nothing to do.
    }

    private void vocabulary(JsonPlace vocab) {
        int size = vocab.node().size();
        if (!vocab.node().isObject() || size == 0) {
            throw vocab.damaged("an object of tokens and their ids is expected");
        }
        Token[] byId = new Token[largestId(vocab) + 1];
        for (Map.Entry<String, JsonNode> entry : vocab.node().properties()) {
            JsonPlace place = token(vocab, entry);
            if (byId[place.id()] != null) {
                throw place.unsupported("the id " + place.id() + " is given twice");
            }
            byId[place.id()] = new Token(entry.getKey(), Kind.TEXT);
            ids.put(entry.getKey(), place.id());
        }
        for (int id = 0; id < byId.length; id++) {
            // An id that is left out stands for nothing, and no text becomes it.
            byId[id] = byId[id] == null ? new Token("<no token " + id + ">", Kind.SPECIAL) : byId[id];
        }
        tokens.addAll(List.of(byId));
    }

    private static JsonPlace token(JsonPlace vocab, Map.Entry<String, JsonNode> entry) {
        return new JsonPlace(entry.getValue(), vocab.path() + "['" + entry.getKey() + "']", vocab.file());
    }

    private static int largestId(JsonPlace vocab) {
        int largest = 0;
        for (Map.Entry<String, JsonNode> entry : vocab.node().properties()) {
            JsonPlace place = token(vocab, entry);
            if (place.id() >= 2 * vocab.node().size()) {
                throw place.unsupported("the id " + place.id() + " leaves too many others out: there are "
                        + vocab.node().size() + " tokens");
            }
            largest = Math.max(largest, place.id());
        }
        return largest;
    }

    private List<AddedToken> added(JsonPlace list) {
        List<AddedToken> added = new ArrayList<>();
        for (int i = 0; i < list.node().size(); i++) {
            JsonPlace place = list.get(i);
            AddedToken token = new AddedToken(
                    place.get("id").id(),
                    place.get("content").text(),
                    place.get("special").flag(),
                    place.get("normalized").flag(),
                    place.get("lstrip").flag(),
                    place.get("rstrip").flag(),
                    place.get("single_word").flag());
            if (token.content().isEmpty()) {
                throw place.get("content").damaged("an added token is empty");
            }
            // Hugging Face's tokenizers number tokens themselves, whatever the file says.
            int expected = ids.getOrDefault(token.content(), tokens.size());
            if (token.id() != expected || (expected == tokens.size() && ids.size() < expected)) {
                throw place.get("id").unsupported("the id " + token.id() + " in place of " + expected);
            }
            Token described = new Token(token.content(), token.special() ? Kind.SPECIAL : Kind.ADDED);
            if (expected == tokens.size()) {
                tokens.add(described);
                ids.put(token.content(), expected);
            } else {
                tokens.set(expected, described);
            }
            added.add(token);
        }
        return added;
    }

    /** Every token of the vocabulary must be bytes, and every byte a token. */
    private void requireTokens(JsonPlace vocab) {
        for (Token token : tokens) {
            if (token.kind() == Kind.TEXT && ByteChars.bytes(token.text()) == null) {
                throw vocab.unsupported("the token " + token.text() + " is not written in bytes");
            }
        }
        for (int value = 0; value < BYTES; value++) {
            String text = Character.toString(ByteChars.of((byte) value));
            if (!ids.containsKey(text)) {
                throw vocab.unsupported("a vocabulary without a token for byte " + value);
            }
        }
    }

    private List<Merge> merges(JsonPlace list) {
        List<Merge> merges = new ArrayList<>(list.node().size());
        for (int i = 0; i < list.node().size(); i++) {
            JsonPlace place = list.get(i);
            String left;
            String right;
            if (place.node().isArray()) {
                left = place.get(0).text();
                right = place.get(1).text();
            } else {
                String both = place.text();
                int space = both.indexOf(' ');
                if (space <= 0 || space != both.lastIndexOf(' ')) {
                    throw place.damaged("two tokens with a space between them are expected");
                }
                left = both.substring(0, space);
                right = both.substring(space + 1);
            }
            merges.add(new Merge(idOf(left, place), idOf(right, place), idOf(left + right, place)));
        }
        return merges;
    }

    private int idOf(String token, JsonPlace place) {
        Integer id = ids.get(token);
        if (id == null) {
            throw place.damaged("the token " + token + " is not in the vocabulary");
        }
        return id;
    }
}
