package org.alluvium.ingest.phrase;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.alluvium.ingest.character.Characters;

/**
 * Finds any of many phrases in a text in one pass, whatever the case of their letters: the automaton of Aho and Corasick,
 * "Efficient string matching" (1975), with every transition computed beforehand. Its table has an entry for each prefix of a
 * phrase and each different character, which suits lists of some thousands. Letters are lowered one by one, so that one
 * whose small form is several characters matches itself alone. Immutable and thread-safe.
 */
public final class Phrases {

    private static final int ROOT = 0;
    private static final int NONE = -1;

    private final List<String> phrases;
    private final char[] classOf = new char[Character.MAX_VALUE + 1]; // class 0 is in no phrase
    private final int classes;
    private final int[] next; // [state * classes + class]
    private final int[] phraseAt; // the longest phrase that ends in a state
    private final int[] shorter; // the longest other state that is an end of it and ends a phrase

    private Phrases(List<String> phrases) {
        this.phrases = phrases;
        this.classes = classify();
        int states = 1 + phrases.stream().mapToInt(String::length).sum();
        next = new int[states * classes];
        phraseAt = new int[states];
        shorter = new int[states];
        Arrays.fill(next, NONE);
        Arrays.fill(phraseAt, NONE);
        enter();
        link();
    }

    /** A search for these phrases; empty ones are left out. */
    public static Phrases of(Collection<String> phrases) {
        return new Phrases(phrases.stream()
                .filter(phrase -> !phrase.isEmpty())
                .map(Phrases::lower)
                .distinct()
                .toList());
    }

    /** The phrase that ends first in the text. */
    public Optional<String> find(CharSequence text) {
        return find(text, false);
    }

    /** The phrase that ends first of those that no letter, digit or underscore touches. */
    public Optional<String> findWord(CharSequence text) {
        return find(text, true);
    }

    private Optional<String> find(CharSequence text, boolean alone) {
        int state = ROOT;
        for (int i = 0; i < text.length(); i++) {
            state = next[state * classes + classOf[text.charAt(i)]];
            int end = phraseAt[state] == NONE ? shorter[state] : state;
            for (; end != ROOT; end = shorter[end]) {
                String phrase = phrases.get(phraseAt[end]);
                if (!alone || standsAlone(text, i + 1 - phrase.length(), i + 1)) {
                    return Optional.of(phrase);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean standsAlone(CharSequence text, int from, int to) {
        return (from == 0 || !isWord(Character.codePointBefore(text, from)))
                && (to == text.length() || !isWord(Character.codePointAt(text, to)));
    }

    private static boolean isWord(int c) {
        return c == '_' || Characters.isLetter(c) || Characters.isDigit(c);
    }

    /** Numbers the characters of the phrases, and those that are lowered to one of them. */
    private int classify() {
        int count = 1;
        for (String phrase : phrases) {
            for (int i = 0; i < phrase.length(); i++) {
                char c = phrase.charAt(i);
                if (classOf[c] == 0) {
                    classOf[c] = (char) count++;
                }
            }
        }
        for (int c = 0; c < classOf.length; c++) {
            int small = Characters.toLowerCase(c);
            if (small != c && small < classOf.length) {
                classOf[c] = classOf[small];
            }
        }
        return count;
    }

    private void enter() {
        int states = 1;
        for (int p = 0; p < phrases.size(); p++) {
            int state = ROOT;
            for (int i = 0; i < phrases.get(p).length(); i++) {
                int at = state * classes + classOf[phrases.get(p).charAt(i)];
                if (next[at] == NONE) {
                    next[at] = states++;
                }
                state = next[at];
            }
            phraseAt[state] = p;
        }
    }

    /** Fills in the transitions that go on from the longest end of what was read, the shortest states first. */
    private void link() {
        int[] fallback = new int[phraseAt.length];
        Deque<Integer> queue = new ArrayDeque<>(List.of(ROOT));
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int c = 0; c < classes; c++) {
                int at = state * classes + c;
                int elsewhere = state == ROOT ? ROOT : next[fallback[state] * classes + c];
                if (next[at] == NONE) {
                    next[at] = elsewhere;
                } else {
                    int child = next[at];
                    fallback[child] = elsewhere;
                    shorter[child] = phraseAt[elsewhere] == NONE ? shorter[elsewhere] : elsewhere;
                    queue.add(child);
                }
            }
        }
    }

    private static String lower(String phrase) {
        StringBuilder lowered = new StringBuilder(phrase.length());
        phrase.codePoints().map(Characters::toLowerCase).forEach(lowered::appendCodePoint);
        return lowered.toString();
    }
}
