package org.alluvium.dashboard.http;

import java.util.Map;
import java.util.function.Function;
import org.alluvium.dashboard.embedding.Moved;
import org.alluvium.dashboard.embedding.TokenMap;
import org.alluvium.dashboard.embedding.TokenSpace;
import org.alluvium.dashboard.embedding.TokenSpace.Neighbours;
import org.alluvium.dashboard.probe.LoadedModel;
import org.alluvium.dashboard.probe.Workshop;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.probe.TokenText;

/**
 * What pages ask of embeddings, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/embedding/map?run=&amp;step=&amp;kind=principal|neighbours&amp;onto=   {@link TokenMap}; laid onto that of another step if one is
 *                                                      named, which principal maps can be
 * /api/embedding/near?run=&amp;step=&amp;word=               neighbours of a word that is one token: {@link Neighbours}
 * /api/embedding/analogy?run=&amp;step=&amp;a=&amp;b=&amp;c=         what is to c as b is to a: {@link Neighbours}
 * /api/embedding/moved?run=&amp;a=&amp;b=                    {@link Moved} from step a to step b
 * </pre>
 */
final class EmbeddingApi {

    private static final int COUNT = 20;
    private static final int MOST_FREQUENT = 3_000;

    private final CheckpointApi checkpoints;
    private final Workshop workshop;

    EmbeddingApi(CheckpointApi checkpoints, Workshop workshop) {
        this.checkpoints = checkpoints;
        this.workshop = workshop;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/embedding/map", this::map,
                "/api/embedding/near", this::near,
                "/api/embedding/analogy", this::analogy,
                "/api/embedding/moved", this::moved);
    }

    private Reply map(Query query) throws InterruptedException {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        if (query.text("kind", "principal").equals("neighbours")) {
            return ask(TokenMap.class, "neighbours", checkpoint, space -> TokenMap.neighbours(space, MOST_FREQUENT));
        }
        if (query.text("onto", "").isEmpty()) {
            return ask(TokenMap.class, "principal", checkpoint, TokenMap::principal);
        }
        Checkpoint onto = checkpoints.checkpoint(query, "onto");
        String question = CheckpointApi.question("principal onto", checkpoint, onto);
        return Reply.json(workshop.ask(
                TokenMap.class,
                question,
                model -> TokenMap.principal(space(model, checkpoint)).aligned(TokenMap.principal(space(model, onto)))));
    }

    private Reply near(Query query) throws InterruptedException {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        int id = id(checkpoint, query.text("word", ""));
        return ask(Neighbours.class, "near " + id, checkpoint, space -> new Neighbours(space.near(id, COUNT)));
    }

    private Reply analogy(Query query) throws InterruptedException {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        int a = id(checkpoint, query.text("a", ""));
        int b = id(checkpoint, query.text("b", ""));
        int c = id(checkpoint, query.text("c", ""));
        String kind = "analogy " + a + " " + b + " " + c;
        return ask(Neighbours.class, kind, checkpoint, space -> new Neighbours(space.analogy(a, b, c, COUNT)));
    }

    private Reply moved(Query query) throws InterruptedException {
        Checkpoint former = checkpoints.checkpoint(query, "a");
        Checkpoint latter = checkpoints.checkpoint(query, "b");
        String question = CheckpointApi.question("moved", former, latter);
        return Reply.json(workshop.ask(
                Moved.class, question, model -> Moved.between(space(model, former), space(model, latter))));
    }

    private <T> Reply ask(Class<T> type, String kind, Checkpoint checkpoint, Function<TokenSpace, T> work)
            throws InterruptedException {
        String question = CheckpointApi.question(kind, checkpoint);
        return Reply.json(workshop.ask(type, question, model -> work.apply(space(model, checkpoint))));
    }

    private static TokenSpace space(LoadedModel model, Checkpoint checkpoint) {
        return new TokenSpace(model.embedding(checkpoint), model.vocabulary(checkpoint));
    }

    private int id(Checkpoint checkpoint, String word) throws InterruptedException {
        Vocabulary vocabulary = workshop.ask(
                Vocabulary.class,
                CheckpointApi.question("vocabulary", checkpoint.path().getParent()),
                model -> model.vocabulary(checkpoint));
        int id = word.isBlank() ? Vocabulary.NONE : TokenText.find(vocabulary, word);
        if (id < 0 || id == vocabulary.unknownId()) {
            throw Refusal.notFound("“" + word + "” is no single token of this vocabulary.");
        }
        return id;
    }
}
