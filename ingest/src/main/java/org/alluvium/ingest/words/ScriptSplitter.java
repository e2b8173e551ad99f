package org.alluvium.ingest.words;

import com.ibm.icu.lang.UScript;
import org.alluvium.ingest.character.Characters;

/**
 * For text of which the language is unknown. If at least a third of its first letters belong to a script that is written
 * without spaces, a dictionary finds the words; else they are split as English ones are.
 */
final class ScriptSplitter implements WordSplitter {

    static final ScriptSplitter INSTANCE = new ScriptSplitter();

    private static final int LETTERS = 512;

    private ScriptSplitter() {}

    @Override
    public Words split(String text) {
        int letters = 0;
        int unspaced = 0;
        for (int i = 0; i < text.length() && letters < LETTERS; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Characters.isLetter(c)) {
                letters++;
                if (isUnspaced(c)) {
                    unspaced++;
                }
            }
        }
        // the dictionary goes by the script of each run, so one locale does for all
        return unspaced > 0 && unspaced * 3 >= letters
                ? DictionarySplitter.CHINESE.split(text)
                : PunctuationSplitter.ENGLISH.split(text);
    }

    private static boolean isUnspaced(int c) {
        if (c < 0x0E00) { // what follows begins with Thai
            return false;
        }
        return switch (UScript.getScript(c)) {
            case UScript.HAN,
                    UScript.HIRAGANA,
                    UScript.KATAKANA,
                    UScript.THAI,
                    UScript.LAO,
                    UScript.KHMER,
                    UScript.MYANMAR -> true;
            default -> false;
        };
    }
}
