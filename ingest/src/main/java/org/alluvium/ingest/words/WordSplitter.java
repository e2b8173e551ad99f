package org.alluvium.ingest.words;

import java.util.Locale;
import java.util.Optional;

/**
 * Cuts text into words. Pure and thread-safe.
 *
 * <p>Where words are separated by spaces the marks around them are words of their own, as in {@link PunctuationSplitter}.
 * Where they are not, a dictionary finds them, as in {@link DictionarySplitter}.
 */
public interface WordSplitter {

    /** The words of a text, in their order; punctuation marks may be words of their own. */
    Words split(String text);

    /**
     * The splitter for a language.
     *
     * @param language BCP 47 tag; if it is empty, each text is split as its script is
     */
    static WordSplitter of(Optional<String> language) {
        return language.map(tag -> of(primary(tag))).orElse(ScriptSplitter.INSTANCE);
    }

    /** Whether the words of a language are separated by spaces, as far as is known. */
    static boolean separatesWords(String language) {
        return !(of(primary(language)) instanceof DictionarySplitter);
    }

    private static WordSplitter of(String primary) {
        return switch (primary) {
            case "zh", "yue", "wuu", "lzh", "cmn", "nan", "hak" -> DictionarySplitter.CHINESE;
            case "ja" -> DictionarySplitter.JAPANESE;
            case "th" -> DictionarySplitter.THAI;
            case "km" -> DictionarySplitter.KHMER;
            case "lo" -> DictionarySplitter.LAO;
            case "my" -> DictionarySplitter.BURMESE;
            case "en", "sco" -> PunctuationSplitter.ENGLISH;
            case "fr", "it", "ca", "oc" -> PunctuationSplitter.ELIDING;
            case "und", "mul", "zxx", "" -> ScriptSplitter.INSTANCE;
            default -> PunctuationSplitter.PLAIN;
        };
    }

    private static String primary(String tag) {
        int end = 0;
        while (end < tag.length() && tag.charAt(end) != '-' && tag.charAt(end) != '_') {
            end++;
        }
        return tag.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
