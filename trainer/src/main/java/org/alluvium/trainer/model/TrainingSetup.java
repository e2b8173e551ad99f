package org.alluvium.trainer.model;

import java.util.Optional;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.contracts.config.OptimizerConfig;
import org.alluvium.contracts.config.TrainConfig;

/**
 * What a model must know before it allocates, besides its shape.
 *
 * @param rows B, the most rows of a batch
 * @param muon how the rate of a matrix depends on its shape where Muon updates the matrices of the blocks; empty where
 *     AdamW updates everything
 */
public record TrainingSetup(int rows, Optional<MuonConfig.Scale> muon) {

    /** AdamW for everything. */
    public static TrainingSetup of(int rows) {
        return new TrainingSetup(rows, Optional.empty());
    }

    /** What a configuration asks for. */
    public static TrainingSetup of(TrainConfig train) {
        OptimizerConfig optimizer = train.optimizer();
        return new TrainingSetup(
                train.batch(),
                optimizer.method() == OptimizerConfig.Method.MUON
                        ? Optional.of(optimizer.muon().scale())
                        : Optional.empty());
    }
}
