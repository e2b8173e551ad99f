package org.alluvium.ingest.words;

import org.alluvium.ingest.character.Characters;

/**
 * Sentences, found by the words: one ends with a word that is a single mark which ends sentences in some script, and with
 * the punctuation that follows it. So a full stop in an abbreviation or a number ends none, and text in a script that has no
 * such mark, as Thai, is one sentence.
 */
public final class Sentences {

    private final Words words;
    private final int end;

    private int first;
    private int next;

    private Sentences(Words words, int from, int to) {
        this.words = words;
        this.next = from;
        this.end = to;
    }

    /** Goes through the sentences of some words of a text, from one word up to another. */
    public static Sentences of(Words words, int from, int to) {
        return new Sentences(words, from, to);
    }

    /** How many sentences some words of a text make. */
    public static int count(Words words, int from, int to) {
        Sentences sentences = of(words, from, to);
        int count = 0;
        while (sentences.advance()) {
            count++;
        }
        return count;
    }

    /** Goes to the next sentence, if there is one. */
    public boolean advance() {
        first = next;
        boolean ended = false;
        while (next < end) {
            if (isTerminal(next)) {
                ended = true;
            } else if (ended && !isPunctuation(next)) {
                break;
            }
            next++;
        }
        return next > first;
    }

    /** Where this sentence begins in the text. */
    public int start() {
        return words.start(first);
    }

    /** The first index behind this sentence. */
    public int end() {
        return words.end(next - 1);
    }

    private boolean isTerminal(int i) {
        int start = words.start(i);
        int length = words.end(i) - start;
        if (length > 2) {
            return false;
        }
        int c = words.text().codePointAt(start);
        return Character.charCount(c) == length && Characters.isTerminal(c);
    }

    private boolean isPunctuation(int i) {
        for (int at = words.start(i); at < words.end(i); ) {
            int c = words.text().codePointAt(at);
            if (!Characters.isPunctuation(c)) {
                return false;
            }
            at += Character.charCount(c);
        }
        return true;
    }
}
