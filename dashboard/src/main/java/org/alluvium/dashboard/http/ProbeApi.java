package org.alluvium.dashboard.http;

import java.util.Map;
import org.alluvium.dashboard.probe.AttentionChange;
import org.alluvium.dashboard.probe.AttentionView;
import org.alluvium.dashboard.probe.Continuation;
import org.alluvium.dashboard.probe.Reading;
import org.alluvium.dashboard.probe.Workshop;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.generate.Sampling;

/**
 * What pages ask the models of checkpoints about texts, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/reading?run=&amp;step=&amp;text=                     {@link Reading}
 * /api/continue?run=&amp;step=&amp;text=&amp;tokens=&amp;temperature=&amp;topP=&amp;seed=   {@link Continuation}
 * /api/attention?run=&amp;step=&amp;text=                   {@link AttentionView}
 * /api/attention/head?run=&amp;step=&amp;text=&amp;layer=&amp;head=  {@link AttentionView.Map}
 * /api/attention/change?run=&amp;a=&amp;b=&amp;text=        {@link AttentionChange}
 * </pre>
 */
final class ProbeApi {

    private static final int LONGEST_TEXT = 2_000;

    private final CheckpointApi checkpoints;
    private final Workshop workshop;

    ProbeApi(CheckpointApi checkpoints, Workshop workshop) {
        this.checkpoints = checkpoints;
        this.workshop = workshop;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/reading", this::reading,
                "/api/continue", this::goOn,
                "/api/attention", this::attention,
                "/api/attention/head", this::head,
                "/api/attention/change", this::change);
    }

    private Reply reading(Query query) throws InterruptedException {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        String text = text(query);
        String question = CheckpointApi.question("reading", checkpoint, text);
        return Reply.json(workshop.ask(Reading.class, question, model -> Reading.of(model, checkpoint, text)));
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
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        String text = text(query);
        String question = CheckpointApi.question("attention", checkpoint, text);
        return Reply.json(
                workshop.ask(AttentionView.class, question, model -> AttentionView.of(model, checkpoint, text)));
    }

    private Reply head(Query query) throws InterruptedException {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        String text = text(query);
        int layer = query.whole("layer", 0, checkpoint.shape().layers() - 1);
        int head = query.whole("head", 0, checkpoint.shape().heads() - 1);
        String question = CheckpointApi.question("head", checkpoint, layer, head, text);
        return Reply.json(workshop.ask(
                AttentionView.Map.class,
                question,
                model -> AttentionView.Map.of(model, checkpoint, text, layer, head)));
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
