package org.alluvium.flink.job;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.alluvium.contracts.CodeVersion;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.flink.sink.NonRecoverable;
import org.alluvium.flink.types.Outcome;
import org.alluvium.tokenizer.document.Agreement;
import org.alluvium.tokenizer.document.DocumentTokenizer;
import org.alluvium.tokenizer.document.TokenizerRecipe;
import org.alluvium.tokenizer.document.Watch;
import org.alluvium.tokenizer.report.TokenCounts;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Makes a row of token ids of every candidate and passes on everything else. The subtasks of a process share one model.
 *
 * <p>That our encoder was found to give other ids than SentencePiece is all that is kept in state: a job that goes on from there
 * has SentencePiece encode from its first document, in all subtasks. Until then processes that have seen no difference go on
 * as they were. Another version of Alluvium is given another chance.
 */
final class Tokenize extends RichMapFunction<Outcome, Outcome> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    /** Of documents that no quality classifier has seen. */
    private static final double QUALITY_UNKNOWN = 1;

    private static final String DIFFERS = "encoders-that-differ";

    /** Makes the tokenizer in the process of the task. */
    interface Opening extends Serializable {

        DocumentTokenizer open(Watch watch);

        /** What is known in this process. */
        Agreement agreement();

        /** Of the vocabulary. */
        String digest();
    }

    private record OfRecipe(TokenizerRecipe recipe) implements Opening {

        @Override
        public DocumentTokenizer open(Watch watch) {
            return recipe.open(watch);
        }

        @Override
        public Agreement agreement() {
            return recipe.agreement();
        }

        @Override
        public String digest() {
            return recipe.digest();
        }
    }

    private final Opening opening;
    private final String codeVersion;

    private transient DocumentTokenizer tokenizer;
    private transient ListState<String> differs;

    Tokenize(TokenizerRecipe recipe) {
        this(new OfRecipe(recipe), CodeVersion.current());
    }

    /** One that is made otherwise. */
    Tokenize(Opening opening, String codeVersion) {
        this.opening = opening;
        this.codeVersion = codeVersion;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        differs = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(DIFFERS, StringSerializer.INSTANCE));
        for (String encoder : differs.get()) {
            if (encoder.equals(encoder())) {
                opening.agreement().end();
            }
        }
    }

    @Override
    public void open(OpenContext context) throws Exception {
        TokenizerMetrics metrics = new TokenizerMetrics(getRuntimeContext().getMetricGroup());
        NonRecoverable.run(() -> tokenizer = opening.open(metrics));
        metrics.tellFallback(tokenizer::hasFallenBack);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        differs.update(opening.agreement().holds() ? List.of() : List.of(encoder()));
    }

    /** Which encoder of which vocabulary. */
    private String encoder() {
        return codeVersion + " " + opening.digest();
    }

    @Override
    public Outcome map(Outcome outcome) {
        if (outcome instanceof Outcome.Candidate candidate) {
            ShardRow row = row(candidate);
            return new Outcome.Accepted(row, TokenCounts.of(tokenizer.vocabulary(), row.inputIds(), row.textBytes()));
        }
        return outcome;
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
                tokenizer.tokenize(document.id(), document.text()),
                document.text().getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
