package org.alluvium.dashboard.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.metrics.MetricsPage;
import org.alluvium.dashboard.alert.Alerts;
import org.alluvium.dashboard.checkpoint.CheckpointShelf;
import org.alluvium.dashboard.corpus.CorpusIndex;
import org.alluvium.dashboard.probe.Workshop;
import org.alluvium.dashboard.run.RunIndex;

/** Everything that pages can ask, each at its address. Thread-safe. */
public final class Answers implements AutoCloseable {

    private final Workshop workshop = new Workshop();
    private final Alerts alerts;
    private final DashboardMetrics metrics;
    private final RunApi runs;
    private final CorpusApi flow;
    private final Map<String, Question> questions = new LinkedHashMap<>();

    /**
     * Answers about runs.
     *
     * @param shown runs by name, at least one, the first being the one that is shown; and what they learn from
     */
    public Answers(DashboardServer.Shown shown, InstantSource clock) {
        Map<String, RunLayout> layouts = shown.runs();
        Map<String, RunIndex> indexes = new LinkedHashMap<>();
        Map<String, CheckpointShelf> shelves = new LinkedHashMap<>();
        layouts.forEach((name, layout) -> {
            indexes.put(name, new RunIndex(layout));
            shelves.put(name, new CheckpointShelf(layout));
        });
        Optional<CorpusLayout> corpus = shown.corpus();
        Optional<CorpusIndex> index = corpus.map(CorpusIndex::new);
        CorpusMarkers happened = new CorpusMarkers(index);
        metrics = new DashboardMetrics(indexes);
        RunIndex first = indexes.values().iterator().next();
        alerts = new Alerts(indexes, run -> run == first ? happened.alerts(run) : List.of(), shown.alerts(), clock);
        runs = new RunApi(indexes, alerts, happened, clock);
        CheckpointApi checkpoints = new CheckpointApi(shelves, workshop);
        questions.putAll(runs.questions());
        questions.put("/metrics", query -> metricsPage());
        questions.putAll(new EstimateApi(runs).questions());
        questions.putAll(checkpoints.whileThere(checkpoints.questions()));
        questions.putAll(checkpoints.whileThere(new ProbeApi(checkpoints, workshop).questions()));
        questions.putAll(checkpoints.whileThere(new EmbeddingApi(corpus, checkpoints, workshop).questions()));
        questions.putAll(checkpoints.whileThere(new LineageApi(layouts, corpus, checkpoints, workshop).questions()));
        questions.putAll(new SqlApi(layouts, corpus).questions());
        flow = new CorpusApi(index, workshop, clock);
        questions.putAll(flow.questions());
    }

    /**
     * Writes the answer to a question, as the server would send it.
     *
     * @param path such as {@code /api/points}
     * @param parameters by name
     * @return why there is no answer; empty if there is one
     */
    public Optional<String> write(String path, Map<String, List<String>> parameters, OutputStream out)
            throws InterruptedException {
        try {
            to(path, new Query(parameters)).writeTo(out);
            return Optional.empty();
        } catch (Refusal | AlluviumException e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply metricsPage() {
        return Reply.bytes(200, MetricsPage.CONTENT_TYPE, metrics.text().getBytes(StandardCharsets.UTF_8));
    }

    /** What is told of the answers themselves. */
    DashboardMetrics metrics() {
        return metrics;
    }

    /**
     * The answer to what is asked at an address.
     *
     * @throws Refusal if there is none
     */
    Reply to(String path, Query query) throws InterruptedException {
        Question question = questions.get(path);
        if (question == null) {
            throw Refusal.notFound("There is no such question.");
        }
        return question.answer(query);
    }

    /**
     * Reads what has been added to the runs and the corpus.
     *
     * @throws AlluviumException if something cannot be read; all else has been
     */
    public void readOn() {
        List<AlluviumException> failures = Stream.concat(
                        runs.readers(), Stream.<Runnable>of(alerts::lookOn, flow::readOn))
                .flatMap(reader -> failureOf(reader).stream())
                .toList();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private static Optional<AlluviumException> failureOf(Runnable reader) {
        try {
            reader.run();
            return Optional.empty();
        } catch (AlluviumException e) {
            return Optional.of(e);
        }
    }

    /**
     * How the first run is doing, as JSON; the same until something happens.
     *
     * @param problem why it may not be what it seems, or an empty string
     */
    String overview(String problem) {
        Map<String, Object> fields = runs.overview();
        fields.put("problem", problem);
        return Reply.jsonText(fields);
    }

    @Override
    public void close() {
        alerts.close();
        workshop.close();
    }
}
