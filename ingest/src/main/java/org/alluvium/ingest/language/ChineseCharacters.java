package org.alluvium.ingest.language;

import com.ibm.icu.text.Transliterator;
import java.util.BitSet;

/**
 * Which Chinese characters are written in one of the two standards alone: those that ICU's transliteration into the other one
 * changes, and the one back does not.
 */
final class ChineseCharacters {

    private static final int FIRST = 0x4E00;
    private static final int LAST = 0x9FA5;

    private final BitSet simplified;
    private final BitSet traditional;

    ChineseCharacters() {
        BitSet fromSimplified = changed("Simplified-Traditional");
        BitSet fromTraditional = changed("Traditional-Simplified");
        simplified = (BitSet) fromSimplified.clone();
        simplified.andNot(fromTraditional);
        traditional = fromTraditional;
        traditional.andNot(fromSimplified);
    }

    boolean isSimplified(int codePoint) {
        return simplified.get(codePoint);
    }

    boolean isTraditional(int codePoint) {
        return traditional.get(codePoint);
    }

    private static BitSet changed(String transliteration) {
        Transliterator transliterator = Transliterator.getInstance(transliteration);
        BitSet changed = new BitSet();
        for (int c = FIRST; c <= LAST; c++) {
            String character = Character.toString(c);
            if (!transliterator.transliterate(character).equals(character)) {
                changed.set(c);
            }
        }
        return changed;
    }
}
