package org.alluvium.flink.job;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.sink.NonRecoverable;
import org.alluvium.flink.types.Outcome;
import org.alluvium.tokenizer.DocumentTokenizer;
import org.alluvium.tokenizer.TokenizerRecipe;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Makes a row of token ids of every candidate and passes on everything else. The subtasks of a process share one model. */
final class Tokenize extends RichMapFunction<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    /** Of documents that no quality classifier has seen. */
    private static final double QUALITY_UNKNOWN = 1;

    private final TokenizerRecipe recipe;

    private transient DocumentTokenizer tokenizer;

    Tokenize(TokenizerRecipe recipe) {
        this.recipe = recipe;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        NonRecoverable.run(() -> tokenizer = recipe.open());
    }

    @Override
    public Outcome map(Outcome outcome) {
        return outcome instanceof Outcome.Candidate candidate ? new Outcome.Accepted(row(candidate)) : outcome;
    }

    private ShardRow row(Outcome.Candidate candidate) {
        Document document = candidate.document();
        return new ShardRow(
                document.id(),
                document.source(),
                document.origin(),
                document.url(),
                document.eventTimeMillis(),
                OptionalLong.of(candidate.arrivedMillis()),
                document.language(),
                (float) candidate.quality().orElse(QUALITY_UNKNOWN),
                candidate.hash(),
                candidate.repeat(),
                tokenizer.tokenize(document.text()),
                document.text().getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
