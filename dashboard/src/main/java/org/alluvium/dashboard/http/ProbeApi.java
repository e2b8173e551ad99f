package org.alluvium.dashboard.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.alluvium.contracts.error.DataException;
import org.alluvium.dashboard.probe.AttentionChange;
import org.alluvium.dashboard.probe.Continuation;
import org.alluvium.dashboard.probe.Workshop;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.generate.Sampling;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.probe.AttentionView;
import org.alluvium.trainer.probe.ProbeFolder;
import org.alluvium.trainer.probe.ProbeReport;
import org.alluvium.trainer.probe.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What pages ask the models of checkpoints about texts, by GET. What the trainer has reported of a checkpoint is read, also when
 * the checkpoint is gone; anything else is computed. Each answer is a JSON object:
 *
 * <pre>
 * /api/probes?run=                                  texts: those of the newest report; steps: of all reports
 * /api/reading?run=&amp;step=&amp;text=                     {@link Reading}
 * /api/continue?run=&amp;step=&amp;text=&amp;tokens=&amp;temperature=&amp;topP=&amp;seed=   {@link Continuation}
 * /api/attention?run=&amp;step=&amp;text=                   {@link AttentionView}
 * /api/attention/head?run=&amp;step=&amp;text=&amp;layer=&amp;head=  {@link AttentionView.Map}
 * /api/attention/change?run=&amp;a=&amp;b=&amp;text=        {@link AttentionChange}
 * </pre>
 */
final class ProbeApi {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeApi.class);
    private static final int LONGEST_TEXT = 2_000;

    private final CheckpointApi checkpoints;
    private final Workshop workshop;

    ProbeApi(CheckpointApi checkpoints, Workshop workshop) {
        this.checkpoints = checkpoints;
        this.workshop = workshop;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/probes", this::probes,
                "/api/reading", this::reading,
                "/api/continue", this::goOn,
                "/api/attention", this::attention,
                "/api/attention/head", this::head,
                "/api/attention/change", this::change);
    }

    private record Probes(List<String> texts, List<Long> steps) {}

    private Reply probes(Query query) {
        ProbeFolder folder = checkpoints.shelf(query).probes();
        List<Long> steps = folder.steps();
        List<String> texts = steps.isEmpty()
                ? List.of()
                : read(folder, steps.getLast()).stream()
                        .flatMap(report -> report.texts().stream())
                        .map(ProbeReport.Probed::text)
                        .toList();
        return Reply.json(new Probes(texts, steps));
    }

    /** What the trainer has reported, if it has. */
    private Optional<ProbeReport.Probed> reported(Query query, String text) {
        return read(checkpoints.shelf(query).probes(), query.whole("step")).flatMap(report -> report.about(text));
    }

    /** A report that cannot be read is as good as none. */
    private static Optional<ProbeReport> read(ProbeFolder folder, long step) {
        try {
            return folder.read(step);
        } catch (DataException e) {
            LOG.warn("{}", e.getMessage());
            return Optional.empty();
        }
    }

    private Reply reading(Query query) throws InterruptedException {
        return asked(query, Reading.class, ProbeReport.Probed::reading, Reading::of);
    }

    /** What a model makes of a text. */
    @FunctionalInterface
    private interface Probe<T> {

        T of(TrainableModel model, int[] ids, Vocabulary vocabulary);
    }

    /** What the trainer has reported, else what the model of the checkpoint says now. */
    private <T> Reply asked(Query query, Class<T> type, Function<ProbeReport.Probed, T> reported, Probe<T> probe)
            throws InterruptedException {
        String text = text(query);
        Optional<T> known = reported(query, text).map(reported);
        if (known.isPresent()) {
            return Reply.json(known.get());
        }
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        String question = CheckpointApi.question(type.getSimpleName(), checkpoint, text);
        return Reply.json(workshop.ask(
                type,
                question,
                model -> probe.of(model.of(checkpoint), model.tokens(checkpoint, text), model.vocabulary(checkpoint))));
    }

    private Reply goOn(Query query) throws InterruptedException {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        String text = text(query);
        int tokens = query.whole("tokens", 1, Continuation.MOST_TOKENS);
        Sampling sampling = new Sampling(
                query.number("temperature", 0.7), 0, query.number("topP", 0.95), (long) query.number("seed", 1));
        String question = CheckpointApi.question("continue", checkpoint, tokens, sampling, text);
        return Reply.json(workshop.ask(
                Continuation.class, question, model -> Continuation.of(model, checkpoint, text, tokens, sampling)));
    }

    private Reply attention(Query query) throws InterruptedException {
        return asked(query, AttentionView.class, ProbeReport.Probed::attention, AttentionView::of);
    }

    private Reply head(Query query) throws InterruptedException {
        String text = text(query);
        Optional<AttentionView.Map> reported = reported(query, text)
                .flatMap(probed -> probed.attention()
                        .map(query.whole("layer", 0, Integer.MAX_VALUE), query.whole("head", 0, Integer.MAX_VALUE)));
        if (reported.isPresent()) {
            return Reply.json(reported.get());
        }
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        int layer = query.whole("layer", 0, checkpoint.shape().layers() - 1);
        int head = query.whole("head", 0, checkpoint.shape().heads() - 1);
        String question = CheckpointApi.question("head", checkpoint, layer, head, text);
        return Reply.json(workshop.ask(AttentionView.Map.class, question, model -> {
            TrainableModel loaded = model.of(checkpoint);
            int[] tokens = model.tokens(checkpoint, text);
            return AttentionView.Map.of(loaded, tokens, model.vocabulary(checkpoint), layer, head);
        }));
    }

    private Reply change(Query query) throws InterruptedException {
        Checkpoint former = checkpoints.checkpoint(query, "a");
        Checkpoint latter = checkpoints.checkpoint(query, "b");
        String text = text(query);
        String question = CheckpointApi.question("change", former, latter, text);
        return Reply.json(workshop.ask(
                AttentionChange.class, question, model -> AttentionChange.of(model, former, latter, text)));
    }

    private static String text(Query query) {
        String text = query.text("text", "");
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw Refusal.badRequest("Give a text of at most " + LONGEST_TEXT + " characters.");
        }
        return text;
    }
}
