package org.alluvium.ingest.pii.national;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.alluvium.ingest.pii.span.DigitGroups;
import org.alluvium.ingest.pii.span.KeyWords;

/**
 * A kind of number that a state gives to persons, of digits only.
 *
 * @param kind name of the kind; the first two letters are the country
 * @param shapes lengths of its groups, in the ways in which it is written
 * @param separators what may stand between the groups; one of them, throughout, or any where {@code mixed}, the first of them once at least
 * @param words without one of which before it no number is taken for one of these, where the form says too little
 * @param check whether digits can be such a number
 */
record NationalNumber(
        String kind,
        List<int[]> shapes,
        String separators,
        boolean mixed,
        Optional<KeyWords> words,
        Predicate<int[]> check) {

    /** One that is known by its form and its check digits. */
    static NationalNumber sure(String kind, String separators, Predicate<int[]> check, int[]... shapes) {
        return new NationalNumber(kind, List.of(shapes), separators, false, Optional.empty(), check);
    }

    /** The same, with several separators in one number. */
    static NationalNumber mixed(String kind, String separators, Predicate<int[]> check, int[]... shapes) {
        return new NationalNumber(kind, List.of(shapes), separators, true, Optional.empty(), check);
    }

    /** One that is taken for it only where a word says so. */
    static NationalNumber said(
            String kind, KeyWords words, String separators, Predicate<int[]> check, int[]... shapes) {
        return new NationalNumber(kind, List.of(shapes), separators, false, Optional.of(words), check);
    }

    /** The country, as ISO 3166-1 has it, in lower case. */
    String country() {
        return kind.substring(0, 2);
    }

    /** How many groups from one on are such a number; 0 if none. */
    int groupsTaken(DigitGroups groups, int first) {
        for (int[] shape : shapes) {
            int end = first + shape.length;
            if (groups.hasShape(first, shape)
                    && isolated(groups, first, end)
                    && separated(groups, first, end)
                    && check.test(groups.values(first, end))
                    && (words.isEmpty() || words.get().precede(groups.text(), groups.start(first)))) {
                return shape.length;
            }
        }
        return 0;
    }

    private static boolean isolated(DigitGroups groups, int first, int end) {
        return end - first == 1 ? groups.isBare(first) && groups.standAlone(first, end) : groups.standAlone(first, end);
    }

    private boolean separated(DigitGroups groups, int first, int end) {
        if (end - first == 1) {
            return true;
        }
        for (int i = 0; i < separators.length() && !mixed; i++) {
            if (groups.separatedBy(separators.charAt(i), first, end)) {
                return true;
            }
        }
        return mixed && allAllowed(groups, first, end);
    }

    private boolean allAllowed(DigitGroups groups, int first, int end) {
        boolean characteristic = false;
        for (int group = first + 1; group < end; group++) {
            int index = separators.indexOf(groups.separator(group));
            if (index < 0) {
                return false;
            }
            characteristic |= index == 0;
        }
        return characteristic;
    }
}
