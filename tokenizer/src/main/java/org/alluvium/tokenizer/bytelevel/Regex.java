package org.alluvium.tokenizer.bytelevel;

import java.util.List;

/**
 * A regular expression of the kind that tokenizers split text with: as Perl has them, the first branch that matches wins, and
 * repetitions take as much as they can.
 */
public sealed interface Regex {

    /** Repetitions without an upper bound. */
    int ANY = Integer.MAX_VALUE;

    /**
     * One of a set of characters.
     *
     * @param ranges of characters in the set
     * @param categories a bit for each general category in the set, by the numbers of {@link Character#getType(int)}
     * @param space whether white space is in the set
     * @param other whether everything but white space is in the set
     * @param negated whether it is all other characters
     */
    record Chars(List<Range> ranges, int categories, boolean space, boolean other, boolean negated) implements Regex {

        public Chars {
            ranges = List.copyOf(ranges);
        }

        static Chars range(int first, int last) {
            return new Chars(List.of(new Range(first, last)), 0, false, false, false);
        }
    }

    /** Characters from one to another. */
    record Range(int first, int last) {}

    /** One behind the other. */
    record Sequence(List<Regex> parts) implements Regex {

        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** The first of these that lets the rest match. */
    record Choice(List<Regex> branches) implements Regex {

        public Choice {
            branches = List.copyOf(branches);
        }
    }

    /**
     * Some of these; of anything but characters one or none.
     *
     * @param possessive whether what was taken is never given back
     */
    record Repeat(Regex what, int least, int most, boolean possessive) implements Regex {}

    /** What must follow, or must not; it is not part of the match. */
    record Ahead(Regex what, boolean negated) implements Regex {}
}
