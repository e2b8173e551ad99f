package org.alluvium.dashboard.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.event.Event;
import org.alluvium.dashboard.corpus.CorpusIndex;
import org.alluvium.dashboard.corpus.MixtureChange;
import org.alluvium.dashboard.run.Marker;
import org.alluvium.dashboard.run.RunIndex;
import org.alluvium.dashboard.series.Track.Place;

/**
 * What happened to the corpus, where a run felt it.
 *
 * <p>A change of the mixture is at the first step that learned from a document of the entry which brought the change, or of a
 * later one. Steps that have been undone do not count, so a run that goes back meets the change again where it then learns from
 * it. Steps of a version that did not tell their entry have none.
 *
 * <p>What ingest warned of is at the step that the run had come to by then.
 */
final class CorpusMarkers {

    static final String MIXTURE = "mixture";
    private static final String ENTRY = "logEntry";
    private static final Place BEGIN = new Place(0, 0, 0);

    private final Optional<CorpusIndex> corpus;

    CorpusMarkers(Optional<CorpusIndex> corpus) {
        this.corpus = corpus;
    }

    /** Changes of the mixture, in the order of the log. */
    List<Marker> mixture(RunIndex run) {
        List<MixtureChange> changes = corpus.map(CorpusIndex::mixtureChanges).orElse(List.of());
        return changes.stream().flatMap(change -> mixture(run, change).stream()).toList();
    }

    private static Optional<Marker> mixture(RunIndex run, MixtureChange change) {
        return run.firstStep(ENTRY, (double) change.entry())
                .map(place -> new Marker(
                        place.step(),
                        place.tokens(),
                        Instant.ofEpochMilli(place.millis()),
                        MIXTURE,
                        Map.of(ENTRY, change.entry(), "message", change.text())));
    }

    /** Alerts of ingest, in their order. */
    List<Marker> alerts(RunIndex run) {
        Stream<Event> alerts = corpus.map(CorpusIndex::alerts).orElse(List.of()).stream();
        return alerts.map(alert -> alert(alert, run.at(alert.time()).orElse(BEGIN)))
                .toList();
    }

    private static Marker alert(Event alert, Place place) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", "ingest");
        fields.put("level", "warning");
        fields.put("message", alert.fields().containsKey("message") ? alert.text("message") : ofSource(alert));
        return new Marker(place.step(), place.tokens(), alert.time(), alert.type(), fields);
    }

    /** Alerts of sources have their figures alone. */
    private static String ofSource(Event alert) {
        return String.format(
                Locale.ROOT,
                "%.0f %% of what source %s brought of late was refused%s",
                100 * alert.number("share", 0),
                alert.text("source"),
                alert.text("action").equals("pause") ? "; it rests for a while" : "");
    }
}
