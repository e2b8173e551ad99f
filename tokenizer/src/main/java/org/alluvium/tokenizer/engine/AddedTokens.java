package org.alluvium.tokenizer.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.tokenizer.bytelevel.AddedToken;

/** Added tokens that are searched for together: the leftmost is found, and of those the longest. Immutable and thread-safe. */
final class AddedTokens {

    private final Prefixes contents;
    private final Map<Integer, AddedToken> byId = new HashMap<>();

    AddedTokens(List<AddedToken> tokens) {
        Map<Integer, byte[]> strings = new HashMap<>();
        for (AddedToken token : tokens) {
            strings.put(token.id(), token.content().getBytes(StandardCharsets.UTF_8));
            byId.put(token.id(), token);
        }
        this.contents = Prefixes.of(strings);
    }

    /** Whether there are any to search for. */
    boolean any() {
        return !byId.isEmpty();
    }

    /** The id of the longest token that begins at a place, or a negative number. */
    int at(byte[] text, int at, int to) {
        return contents.longest(text, at, to);
    }

    /** Bytes of a token's content. */
    int length(int id) {
        return contents.length(id);
    }

    /** Whether a token that was found at {@code [start, end)} of the text {@code [from, to)} is one there. */
    boolean holds(int id, byte[] text, int start, int end, int from, int to) {
        return !byId.get(id).singleWord()
                || !((start > from && isWord(text, before(text, start), to)) || (end < to && isWord(text, end, to)));
    }

    /** Where a token begins that was found at {@code start}, with the white space that it takes down to {@code from}. */
    int start(int id, byte[] text, int start, int from, int to) {
        int at = start;
        while (byId.get(id).leftStrip() && at > from && isSpace(text, before(text, at), to)) {
            at = before(text, at);
        }
        return at;
    }

    /** Where a token ends whose content ends at {@code end}, with the white space that it takes. */
    int end(int id, byte[] text, int end, int to) {
        int at = end;
        while (byId.get(id).rightStrip() && at < to && isSpace(text, at, to)) {
            at += Characters.lengthByFirst(text[at]);
        }
        return at;
    }

    private static int before(byte[] text, int at) {
        int before = at - 1;
        while ((text[before] & 0xC0) == 0x80) {
            before--;
        }
        return before;
    }

    private static boolean isWord(byte[] text, int at, int to) {
        return CharClass.isWord(CharClass.of(Characters.at(text, at, to)));
    }

    private static boolean isSpace(byte[] text, int at, int to) {
        return CharClass.of(Characters.at(text, at, to)) == CharClass.SPACE;
    }
}
