package org.alluvium.tokenizer.bytelevel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A byte-level BPE vocabulary, as a {@code tokenizer.json} holds it. Text is searched for added tokens; what is between them
 * is normalized and split by patterns; the bytes of each split are merged. Immutable.
 *
 * @param tokens in the order of their ids
 * @param merges first the one that is applied first
 * @param ignoreMerges whether a split that is a token is that token, whatever the merges give
 * @param composed whether text is brought into normalization form C, of Unicode 9.0
 * @param spaceBefore whether text that does not begin with a space is given one, also behind an added token
 * @param splits what text is split by, one after the other; at least one
 * @param added the tokens that are found in text
 * @param begin the token that begins a document, if there is one
 * @param end the token that ends a document, if there is one
 */
public record ByteLevelModel(
        List<Token> tokens,
        List<Merge> merges,
        boolean ignoreMerges,
        boolean composed,
        boolean spaceBefore,
        List<Split> splits,
        List<AddedToken> added,
        Optional<Integer> begin,
        Optional<Integer> end) {

    /** What a token stands for. */
    public enum Kind {
        /** Bytes, which merges give. */
        TEXT,
        /** Text that is found as it is. */
        ADDED,
        /** A mark that stands for no text. */
        SPECIAL
    }

    /**
     * A token; its id is its place.
     *
     * @param text as the file writes it: with {@link ByteChars} for {@link Kind#TEXT}, itself otherwise
     * @param kind what it stands for
     */
    public record Token(String text, Kind kind) {

        /** The bytes it adds to a text. */
        public byte[] bytes() {
            return switch (kind) {
                case TEXT -> ByteChars.bytes(text);
                case ADDED -> text.getBytes(StandardCharsets.UTF_8);
                case SPECIAL -> new byte[0];
            };
        }
    }

    /** Two tokens, by id, that become one. */
    public record Merge(int left, int right, int merged) {}

    public ByteLevelModel {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
        splits = List.copyOf(splits);
        added = List.copyOf(added);
    }

    /**
     * Reads a {@code tokenizer.json}.
     *
     * @param name what to call it in errors
     * @throws org.alluvium.contracts.error.DataException if it is damaged, or asks for what is not supported; names the
     *     place in the file
     */
    public static ByteLevelModel parse(byte[] json, String name) {
        return new TokenizerJsonReader(json, name).read();
    }

    /** Whether a file's bytes may be a {@code tokenizer.json}: they begin with an opening brace. */
    public static boolean isJson(byte[] file) {
        for (byte value : file) {
            if (value != ' ' && value != '\n' && value != '\r' && value != '\t') {
                return value == '{';
            }
        }
        return false;
    }
}
