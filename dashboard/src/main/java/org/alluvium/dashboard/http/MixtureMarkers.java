package org.alluvium.dashboard.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.alluvium.dashboard.corpus.MixtureChange;
import org.alluvium.dashboard.run.Marker;
import org.alluvium.dashboard.run.RunIndex;

/**
 * Changes of the mixture where a run felt them: at the first step that learned from a document of the entry which brought the
 * change, or of a later one. Steps that have been undone do not count, so a run that goes back meets the change again where it
 * then learns from it. Steps of a version that did not tell their entry have none.
 */
final class MixtureMarkers {

    static final String TYPE = "mixture";
    private static final String ENTRY = "logEntry";

    private MixtureMarkers() {}

    /** Those of a run, in the order of its steps. */
    static List<Marker> of(RunIndex run, List<MixtureChange> changes) {
        List<Marker> markers = new ArrayList<>();
        for (MixtureChange change : changes) {
            run.firstStep(ENTRY, (double) change.entry())
                    .map(place -> new Marker(
                            place.step(),
                            place.tokens(),
                            Instant.ofEpochMilli(place.millis()),
                            TYPE,
                            Map.of(ENTRY, change.entry(), "message", change.text())))
                    .ifPresent(markers::add);
        }
        return markers;
    }
}
