package org.alluvium.contracts.log;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of a source was to be trained on, and is. Where weights changed in between, there is one share of each epochs.
 *
 * @param source short name of the source
 * @param epochs how often its documents were to be trained on, on average
 * @param documents that this was decided of: neither rejected nor duplicates
 * @param repeats how often these are trained on in all; a document that is left out counts as 0
 */
public record MixtureShare(String source, double epochs, long documents, long repeats) {

    private static final Comparator<MixtureShare> BY_SOURCE_AND_EPOCHS =
            Comparator.comparing(MixtureShare::source).thenComparingDouble(MixtureShare::epochs);

    /** The shares added up: one of each source and epochs, sorted by both. */
    public static List<MixtureShare> sum(Collection<MixtureShare> shares) {
        Map<MixtureShare, MixtureShare> sums = new TreeMap<>(BY_SOURCE_AND_EPOCHS);
        shares.forEach(share -> sums.merge(share, share, MixtureShare::plus));
        return List.copyOf(sums.values());
    }

    private MixtureShare plus(MixtureShare other) {
        return new MixtureShare(source, epochs, documents + other.documents, repeats + other.repeats);
    }
}
