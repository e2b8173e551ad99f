package org.alluvium.tokenizer.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.tokenizer.bytelevel.Regex;

/**
 * Finds what a regular expression matches, and what lies between matches, over UTF-8, by backtracking. The expression is a graph
 * of steps, each of which knows what follows it; a repetition of characters is one step, so that the depth of calls is that of
 * the expression, however long the text. Immutable and thread-safe.
 */
final class RegexScanner implements Scanner {

    private static final int NO_MATCH = -1;

    private final Map<Regex.Chars, CharSet> sets = new HashMap<>();
    private final Step start;

    /** Part of an expression, with all that follows it. */
    private interface Step {

        /** Where the match of this and all that follows ends, or {@link #NO_MATCH}. */
        int match(byte[] text, int at, int to);
    }

    RegexScanner(Regex regex) {
        this.start = step(regex, (text, at, to) -> at);
    }

    @Override
    public int end(byte[] text, int from, int to) {
        int end = start.match(text, from, to);
        if (end != NO_MATCH) {
            return end;
        }
        int at = from;
        do {
            at += Characters.lengthByFirst(text[at]);
        } while (at < to && start.match(text, at, to) == NO_MATCH);
        return at;
    }

    private Step step(Regex regex, Step next) {
        if (regex instanceof Regex.Chars chars) {
            return repeat(set(chars), 1, 1, true, next);
        }
        if (regex instanceof Regex.Sequence sequence) {
            Step step = next;
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                step = step(sequence.parts().get(i), step);
            }
            return step;
        }
        if (regex instanceof Regex.Choice choice) {
            List<Step> branches = new ArrayList<>();
            choice.branches().forEach(branch -> branches.add(step(branch, next)));
            return first(branches);
        }
        if (regex instanceof Regex.Repeat repeat) {
            if (repeat.what() instanceof Regex.Chars chars) {
                return repeat(set(chars), repeat.least(), repeat.most(), repeat.possessive(), next);
            }
            Step once = step(repeat.what(), next);
            return repeat.least() == 1 ? once : first(List.of(once, next));
        }
        return ahead((Regex.Ahead) regex, next);
    }

    private CharSet set(Regex.Chars chars) {
        return sets.computeIfAbsent(chars, CharSet::new);
    }

    private static Step first(List<Step> branches) {
        Step[] all = branches.toArray(Step[]::new);
        return (text, at, to) -> {
            for (Step branch : all) {
                int end = branch.match(text, at, to);
                if (end != NO_MATCH) {
                    return end;
                }
            }
            return NO_MATCH;
        };
    }

    private Step ahead(Regex.Ahead ahead, Step next) {
        Step what = step(ahead.what(), (text, at, to) -> at);
        boolean wanted = !ahead.negated();
        return (text, at, to) -> (what.match(text, at, to) != NO_MATCH) == wanted ? next.match(text, at, to) : NO_MATCH;
    }

    /** As many characters as there are; then, unless possessive, ever fewer. */
    private static Step repeat(CharSet set, int least, int most, boolean possessive, Step next) {
        return (text, from, to) -> {
            int at = from;
            int leastAt = NO_MATCH;
            int count = 0;
            if (least == 0) {
                leastAt = at;
            }
            while (count < most && at < to) {
                int character = Characters.at(text, at, to);
                if (!set.has(character)) {
                    break;
                }
                at += Characters.length(character);
                if (++count == least) {
                    leastAt = at;
                }
            }
            if (leastAt == NO_MATCH) {
                return NO_MATCH;
            }
            int end = next.match(text, at, to);
            while (end == NO_MATCH && at > leastAt && !possessive) {
                do {
                    at--;
                } while ((text[at] & 0xC0) == 0x80);
                end = next.match(text, at, to);
            }
            return end;
        };
    }

    /** A set of characters: a bit for each. */
    private static final class CharSet {

        private final long[] bits = new long[(Character.MAX_CODE_POINT + 1) / Long.SIZE];

        CharSet(Regex.Chars chars) {
            for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
                boolean space = CharClass.of(c) == CharClass.SPACE;
                boolean in = (chars.categories() >>> Categories.of(c) & 1) != 0;
                if (in || (space ? chars.space() : chars.other())) {
                    bits[c >> 6] |= 1L << c;
                }
            }
            for (Regex.Range range : chars.ranges()) {
                for (int c = range.first(); c <= range.last(); c++) {
                    bits[c >> 6] |= 1L << c;
                }
            }
            for (int i = 0; i < bits.length && chars.negated(); i++) {
                bits[i] = ~bits[i];
            }
        }

        boolean has(int character) {
            return (bits[character >> 6] >>> character & 1) != 0;
        }
    }
}
