package org.alluvium.ingest.words;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import org.alluvium.ingest.character.Characters;

/**
 * Words as the dictionaries of ICU know them, for languages that write them without spaces. Words of other scripts in the
 * text are those of Unicode Standard Annex 29. White space is no word, any other mark is one.
 */
final class DictionarySplitter implements WordSplitter {

    static final DictionarySplitter CHINESE = new DictionarySplitter("zh");
    static final DictionarySplitter JAPANESE = new DictionarySplitter("ja");
    static final DictionarySplitter THAI = new DictionarySplitter("th");
    static final DictionarySplitter KHMER = new DictionarySplitter("km");
    static final DictionarySplitter LAO = new DictionarySplitter("lo");
    static final DictionarySplitter BURMESE = new DictionarySplitter("my");

    /** Never used itself, since an iterator has state: each text gets a copy. */
    private final BreakIterator prototype;

    private DictionarySplitter(String language) {
        prototype = BreakIterator.getWordInstance(new ULocale(language));
    }

    @Override
    public Words split(String text) {
        BreakIterator breaks = prototype.clone();
        breaks.setText(text);
        Words.Builder words = new Words.Builder(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            while (start < end && Characters.isWhiteSpace(text.charAt(start))) {
                start++; // a space and the marks that combine with it are not parted
            }
            if (start < end) {
                words.add(start, end);
            }
            start = end;
        }
        return words.build();
    }
}
