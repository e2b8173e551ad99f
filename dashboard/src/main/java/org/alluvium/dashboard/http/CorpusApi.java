package org.alluvium.dashboard.http;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.alluvium.dashboard.corpus.Commits;
import org.alluvium.dashboard.corpus.CorpusIndex;
import org.alluvium.dashboard.corpus.Flow;
import org.alluvium.dashboard.corpus.Samples;
import org.alluvium.dashboard.probe.Workshop;

/**
 * What pages ask of the corpus, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/flow                 {@link Flow}; or why it is absent
 * /api/commits?to=&amp;count=   {@link Commits} up to and with an entry of the log, or the newest
 * /api/samples?reason=      {@link Samples} of what was left out for a reason of the funnel
 * </pre>
 */
final class CorpusApi {

    private static final String ABSENT =
            "The dashboard was not told where the corpus is; start it with --corpus or --config.";

    /** Those before the ones that are kept are read from the log, file by file. */
    private static final int MOST_COMMITS = 200;

    private final Optional<CorpusIndex> index;
    private final Workshop workshop;
    private final InstantSource clock;

    /**
     * Answers for a corpus.
     *
     * @param index empty if the dashboard was not told of one
     */
    CorpusApi(Optional<CorpusIndex> index, Workshop workshop, InstantSource clock) {
        this.index = index;
        this.workshop = workshop;
        this.clock = clock;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/flow",
                        query -> Reply.json(index.<Object>map(each -> each.flow(clock.instant()))
                                .orElse(Map.of("absent", ABSENT))),
                "/api/commits", query -> Reply.json(commits(known(), query)),
                "/api/samples", query -> samples(known(), query.text("reason", "")));
    }

    private Reply samples(CorpusIndex known, String reason) throws InterruptedException {
        Flow flow = known.flow(clock.instant());
        if (!flow.total().funnel().rejected().containsKey(reason)) {
            throw Refusal.notFound("Nothing was left out for that reason.");
        }
        String question = CheckpointApi.question("samples", known.position(), reason);
        return Reply.json(workshop.ask(Samples.class, question, model -> Samples.of(known, reason)));
    }

    private static Commits commits(CorpusIndex known, Query query) {
        long to = query.text("to", "").isEmpty() ? Long.MAX_VALUE : query.whole("to");
        return known.commits(to, query.whole("count", 1, MOST_COMMITS));
    }

    private CorpusIndex known() {
        return index.orElseThrow(() -> Refusal.notFound(ABSENT));
    }

    /** Reads what has been added to the corpus. */
    void readOn() {
        index.ifPresent(CorpusIndex::readOn);
    }
}
