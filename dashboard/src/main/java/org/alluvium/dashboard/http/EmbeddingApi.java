package org.alluvium.dashboard.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.dashboard.corpus.TokenCounts;
import org.alluvium.dashboard.embedding.Moved;
import org.alluvium.dashboard.embedding.TokenFigures;
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
 *                                                      named
 * /api/embedding/near?run=&amp;step=&amp;word=               neighbours of a word that is one token: {@link Neighbours}
 * /api/embedding/analogy?run=&amp;step=&amp;a=&amp;b=&amp;c=         what is to c as b is to a: {@link Neighbours}
 * /api/embedding/moved?run=&amp;a=&amp;b=                    {@link Moved} from step a to step b
 * /api/embedding/change?run=&amp;a=&amp;b=                   {@link TokenFigures}: how much each token moved
 * /api/embedding/frequency?run=&amp;step=                {@link TokenCounts} in the newest shards, or why they are absent
 * </pre>
 */
final class EmbeddingApi {

    private static final int COUNT = 20;
    private static final int MOST_FREQUENT = 3_000;

    /** Log entries of which shards are counted anew. */
    private static final long RECOUNT = 64;

    private final Optional<CorpusLayout> corpus;
    private final CheckpointApi checkpoints;
    private final Workshop workshop;

    EmbeddingApi(Optional<CorpusLayout> corpus, CheckpointApi checkpoints, Workshop workshop) {
        this.corpus = corpus;
        this.checkpoints = checkpoints;
        this.workshop = workshop;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/embedding/map", this::map,
                "/api/embedding/near", this::near,
                "/api/embedding/analogy", this::analogy,
                "/api/embedding/moved", this::moved,
                "/api/embedding/change", this::change,
                "/api/embedding/frequency", this::frequency);
    }

    private Reply map(Query query) throws InterruptedException {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        boolean neighbours = query.text("kind", "principal").equals("neighbours");
        if (query.text("onto", "").isEmpty()) {
            return Reply.json(map(checkpoint, neighbours));
        }
        Checkpoint onto = checkpoints.checkpoint(query, "onto");
        TokenMap map = map(checkpoint, neighbours);
        TokenMap reference = map(onto, neighbours);
        return Reply.json(workshop.ask(
                TokenMap.class,
                CheckpointApi.question("map onto " + neighbours, checkpoint, onto),
                model -> map.aligned(reference)));
    }

    private TokenMap map(Checkpoint checkpoint, boolean neighbours) throws InterruptedException {
        return workshop.ask(
                TokenMap.class,
                CheckpointApi.question(neighbours ? "neighbours" : "principal", checkpoint),
                model -> neighbours
                        ? TokenMap.neighbours(space(model, checkpoint), MOST_FREQUENT)
                        : TokenMap.principal(space(model, checkpoint)));
    }

    private Reply change(Query query) throws InterruptedException {
        Checkpoint former = checkpoints.checkpoint(query, "a");
        Checkpoint latter = checkpoints.checkpoint(query, "b");
        return Reply.json(workshop.ask(
                TokenFigures.class,
                CheckpointApi.question("change of tokens", former, latter),
                model -> space(model, former).changesTo(space(model, latter))));
    }

    private Reply frequency(Query query) throws InterruptedException {
        Checkpoint checkpoint = checkpoints.checkpoint(query, "step");
        if (corpus.isEmpty()) {
            return Reply.json(Map.of("absent", "The corpus is not known, so their rank in the vocabulary is shown."));
        }
        long newest = StoreShardLog.of(corpus.get()).lastSequence().orElse(0) / RECOUNT;
        return Reply.json(workshop.ask(
                TokenCounts.class,
                CheckpointApi.question(
                        "frequency", newest, checkpoint.state().identity().tokenizerDigest()),
                model -> TokenCounts.newest(corpus.get(), model.vocabulary(checkpoint))));
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
