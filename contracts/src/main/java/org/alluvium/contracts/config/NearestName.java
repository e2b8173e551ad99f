package org.alluvium.contracts.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class NearestName {

    private NearestName() {}

    /**
     * The name fewest edits away (Levenshtein distance, ignoring case, {@code -} and {@code _}), if it is near enough to be
     * a misspelling: a third of its letters, and two in short names, may differ.
     */
    public static Optional<String> of(String written, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(bare(written), bare(name))
                        <= Math.max(Math.min(2, name.length() / 2), name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(bare(written), bare(name))));
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
