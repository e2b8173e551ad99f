package org.alluvium.tokenizer.report;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.config.DriftConfig;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.log.VocabularyFit;
import org.alluvium.contracts.log.VocabularyFit.Departure;
import org.alluvium.contracts.log.VocabularyFit.Figure;

/**
 * Whether a vocabulary still fits what comes: compares each stretch of a corpus with all before it. Immutable.
 *
 * <p>The mean is over all texts so far, weighted by their lengths, so that one odd stretch moves it little; and a stretch is
 * compared before it is part of the mean. What stays out of its band is an alert once, until it has been back.
 */
public final class Drift {

    private final DriftConfig bands;

    /** @throws IllegalArgumentException if a band is no wider than nothing */
    public Drift(DriftConfig bands) {
        if (!(bands.band() > 0) || !(bands.fallbackBand() > 0) || bands.leastTokens() < 1) {
            throw new IllegalArgumentException("a band is wider than nothing: " + bands);
        }
        this.bands = bands;
    }

    /**
     * What the next documents come to.
     *
     * @param last of those before; {@link VocabularyFit#NONE} if there are none
     */
    public VocabularyFit next(VocabularyFit last, TextTokens documents) {
        TextTokens stretch = last.stretch().plus(documents);
        if (documents.tokens() == 0 || stretch.tokens() < bands.leastTokens()) {
            return new VocabularyFit(documents, stretch, last.before(), last.departures(), List.of());
        }
        List<Departure> departures = departures(stretch, last.before());
        List<Departure> alerts = departures.stream()
                .filter(departure -> last.departures().stream().noneMatch(old -> old.figure() == departure.figure()))
                .toList();
        return new VocabularyFit(documents, TextTokens.NONE, last.before().plus(stretch), departures, alerts);
    }

    private List<Departure> departures(TextTokens stretch, TextTokens before) {
        List<Departure> departures = new ArrayList<>();
        if (before.tokens() == 0) {
            return departures;
        }
        double mean = before.bytesPerToken();
        if (Math.abs(stretch.bytesPerToken() - mean) > bands.band() * mean) {
            departures.add(new Departure(Figure.BYTES_PER_TOKEN, stretch.bytesPerToken(), mean));
        }
        if (stretch.fallbackRate() > before.fallbackRate() + bands.fallbackBand()) {
            departures.add(new Departure(Figure.FALLBACK_RATE, stretch.fallbackRate(), before.fallbackRate()));
        }
        return departures;
    }
}
