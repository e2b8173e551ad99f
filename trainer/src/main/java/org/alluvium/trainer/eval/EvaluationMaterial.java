package org.alluvium.trainer.eval;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.alluvium.contracts.config.EvalConfig;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.days.HeldOutDays;
import org.alluvium.trainer.suite.Suite;

/**
 * What models are asked about.
 *
 * @param heldOut documents that nothing was learned from, as far as there are any yet
 * @param days the same by day of publication, if that is wanted
 * @param suites of questions
 * @param prompts to go on with
 */
public record EvaluationMaterial(
        Supplier<List<TrainingDocument>> heldOut, Optional<HeldOutDays> days, List<Suite> suites, Prompts prompts) {

    public EvaluationMaterial {
        suites = List.copyOf(suites);
    }

    /**
     * The material of a configuration: reads the suites and encodes everything.
     *
     * @param contextLength T
     * @param seed of the samples' draws
     * @throws org.alluvium.contracts.error.AlluviumException if a suite cannot be read
     */
    public static EvaluationMaterial of(
            EvalConfig config,
            HeldOutSet heldOut,
            Optional<HeldOutDays> days,
            Vocabulary vocabulary,
            DocumentEnds ends,
            int contextLength,
            long seed) {
        if (config.suites().isEmpty() && config.sampleEverySteps() == 0) {
            return new EvaluationMaterial(heldOut::documents, days, List.of(), Prompts.none(vocabulary));
        }
        OptionalInt bos = ends.bos() ? OptionalInt.of(vocabulary.bosId()) : OptionalInt.empty();
        try (Encoder encoder = PieceEncoder.of(vocabulary)) {
            List<Suite> suites = config.suites().stream()
                    .map(suite -> Suite.read(suite, encoder, bos, contextLength))
                    .toList();
            return new EvaluationMaterial(
                    heldOut::documents, days, suites, Prompts.of(config, encoder, vocabulary, bos, seed));
        }
    }
}
