package org.alluvium.ingest.rule;

import java.util.Set;
import java.util.stream.Stream;
import org.alluvium.contracts.config.C4QualityConfig;
import org.alluvium.ingest.character.Characters;
import org.alluvium.ingest.phrase.Phrases;

/**
 * What becomes of one line of a page.
 *
 * @param text the line without white space around it, and without citation marks if they are to go
 */
record C4Line(String text, Fate fate) {

    private static final Phrases LOREM_IPSUM = Phrases.of(Set.of("lorem ipsum"));
    private static final Phrases JAVASCRIPT = Phrases.of(Set.of("javascript"));
    private static final Set<String> POLICIES =
            Set.of("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies");
    private static final Phrases POLICY = Phrases.of(POLICIES);

    /** All of these at once, since few lines have any. */
    private static final Phrases ANY =
            Phrases.of(Stream.concat(POLICIES.stream(), Stream.of("lorem ipsum", "javascript"))
                    .toList());

    /** By which rule a line is cut, or a page dropped; in the order in which they are asked. */
    enum Fate {
        TOO_LONG_WORD,
        NO_TERMINAL_PUNC,
        TOO_FEW_WORDS,
        LOREM_IPSUM,
        JAVASCRIPT,
        CURLY_BRACKET,
        POLICY,
        KEPT
    }

    /**
     * Asks the rules about a line.
     *
     * @param line without white space around it
     */
    static C4Line of(String line, C4QualityConfig config) {
        String text = config.removeCitations() ? withoutCitations(line) : line;
        return new C4Line(text, fate(line, text, config));
    }

    private static Fate fate(String line, String text, C4QualityConfig config) {
        int words = 0;
        int longest = 0;
        int length = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Characters.isWhiteSpace(c)) {
                length = 0;
            } else if (!Character.isLowSurrogate(c)) { // a pair is one character
                words += length == 0 ? 1 : 0;
                longest = Math.max(longest, ++length);
            }
        }
        if (config.maxWordLength() > 0 && longest > config.maxWordLength()) {
            return Fate.TOO_LONG_WORD;
        }
        if (config.terminalPunctuation() && !endsAsASentence(text)) {
            return Fate.NO_TERMINAL_PUNC;
        }
        return words < config.minWordsPerLine() ? Fate.TOO_FEW_WORDS : content(text, config);
    }

    private static Fate content(String text, C4QualityConfig config) {
        boolean any = ANY.find(text).isPresent();
        if (any && config.loremIpsum() && LOREM_IPSUM.find(text).isPresent()) {
            return Fate.LOREM_IPSUM;
        }
        if (any && config.javascript() && JAVASCRIPT.find(text).isPresent()) {
            return Fate.JAVASCRIPT;
        }
        if (config.curlyBracket() && text.indexOf('{') >= 0) {
            return Fate.CURLY_BRACKET;
        }
        return any && config.policy() && POLICY.find(text).isPresent() ? Fate.POLICY : Fate.KEPT;
    }

    private static boolean endsAsASentence(String text) {
        return !text.isEmpty() && ".?!\"'".indexOf(text.charAt(text.length() - 1)) >= 0 && !text.endsWith("...");
    }

    private static String withoutCitations(String line) {
        int at = line.indexOf('[');
        if (at < 0) {
            return line;
        }
        StringBuilder rest = new StringBuilder(line.length());
        int start = 0;
        while (at >= 0) {
            int end = citationEnd(line, at);
            if (end > 0) {
                rest.append(line, start, at);
                start = end;
            }
            at = line.indexOf('[', Math.max(end, at + 1));
        }
        return start == 0 ? line : rest.append(line, start, line.length()).toString();
    }

    /** The first index behind a citation mark that begins at a bracket, or 0 if none does. */
    private static int citationEnd(String line, int at) {
        int end = at + 1;
        while (end < line.length() && Characters.isDigit(line.codePointAt(end))) {
            end += Character.charCount(line.codePointAt(end));
        }
        if (end < line.length() && line.charAt(end) == ']') {
            return end + 1;
        }
        for (String mark : new String[] {"[edit]", "[citation needed]"}) {
            if (line.startsWith(mark, at)) {
                return at + mark.length();
            }
        }
        return 0;
    }
}
