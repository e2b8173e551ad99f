package org.alluvium.dashboard.http;

import java.util.Map;
import java.util.Optional;
import org.alluvium.dashboard.corpus.CorpusIndex;
import org.alluvium.dashboard.corpus.Flow;
import org.alluvium.dashboard.corpus.Samples;
import org.alluvium.dashboard.probe.Workshop;

/**
 * What pages ask of the corpus, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/flow                 {@link Flow}; or why it is absent
 * /api/samples?reason=      {@link Samples} of what was left out for a reason of the funnel
 * </pre>
 */
final class CorpusApi {

    private static final String ABSENT =
            "The dashboard was not told where the corpus is; start it with --corpus or --config.";

    private final Optional<CorpusIndex> index;
    private final Workshop workshop;

    /**
     * Answers for a corpus.
     *
     * @param index empty if the dashboard was not told of one
     */
    CorpusApi(Optional<CorpusIndex> index, Workshop workshop) {
        this.index = index;
        this.workshop = workshop;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/flow",
                        query -> Reply.json(index.<Object>map(CorpusIndex::flow).orElse(Map.of("absent", ABSENT))),
                "/api/samples", query -> samples(known(), query.text("reason", "")));
    }

    private Reply samples(CorpusIndex known, String reason) throws InterruptedException {
        Flow flow = known.flow();
        if (!flow.funnel().rejected().containsKey(reason)) {
            throw Refusal.notFound("Nothing was left out for that reason.");
        }
        String question = CheckpointApi.question("samples", known.position(), reason);
        return Reply.json(workshop.ask(Samples.class, question, model -> Samples.of(known.corpus(), reason)));
    }

    private CorpusIndex known() {
        return index.orElseThrow(() -> Refusal.notFound(
                "The dashboard was not told where the corpus is; start it with --corpus or --config."));
    }

    /** Reads what has been added to the corpus. */
    void readOn() {
        index.ifPresent(CorpusIndex::readOn);
    }
}
