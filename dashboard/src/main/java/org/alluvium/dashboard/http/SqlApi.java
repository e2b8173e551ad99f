package org.alluvium.dashboard.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.sql.Sql;

/**
 * What people take with them, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/sql?run=        {@link Sql} of a run
 * /api/sql/corpus      {@link Sql} of the corpus
 * </pre>
 */
final class SqlApi {

    private final Map<String, RunLayout> runs;
    private final Optional<CorpusLayout> corpus;

    SqlApi(Map<String, RunLayout> runs, Optional<CorpusLayout> corpus) {
        this.runs = new LinkedHashMap<>(runs);
        this.corpus = corpus;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/sql", query -> Reply.json(Sql.of(run(query))),
                "/api/sql/corpus", query -> Reply.json(Sql.of(corpus())));
    }

    private RunLayout run(Query query) {
        RunLayout run = runs.get(query.text("run", runs.keySet().iterator().next()));
        if (run == null) {
            throw Refusal.notFound("There is no run of that name.");
        }
        return run;
    }

    private CorpusLayout corpus() {
        return corpus.orElseThrow(() -> Refusal.notFound(
                "The dashboard was not told where the corpus is; start it with --corpus or --config."));
    }
}
