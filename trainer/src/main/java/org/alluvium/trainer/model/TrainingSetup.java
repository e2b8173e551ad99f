package org.alluvium.trainer.model;

import java.util.Optional;
import java.util.OptionalInt;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.contracts.config.OptimizerConfig;
import org.alluvium.contracts.config.TrainConfig;

/**
 * What a model must know before it allocates, besides its shape.
 *
 * @param rows B, the most rows of a batch
 * @param muon how the rate of a matrix depends on its shape where Muon updates the matrices of the blocks; empty where
 *     AdamW updates everything
 * @param average whether a running average of the weights is kept
 * @param zLoss weight of the z-loss in what is minimized
 * @param zeroInit whether what writes to the residual stream begins with 0
 * @param recompute whether blocks share one set of activations, which backward computes again
 * @param learns whether the model has gradients and an optimizer; one that has none is only evaluated
 * @param copyThreads threads of a copy of the weights that is evaluated and probed in the background; empty where there is none
 */
public record TrainingSetup(
        int rows,
        Optional<MuonConfig.Scale> muon,
        boolean average,
        double zLoss,
        boolean zeroInit,
        boolean recompute,
        boolean learns,
        OptionalInt copyThreads) {

    /** AdamW for everything. */
    public static TrainingSetup of(int rows) {
        return new TrainingSetup(rows, Optional.empty(), false, 0, false, false, true, OptionalInt.empty());
    }

    /** For a model of given weights, which are never changed by it: it takes a quarter of the state. */
    public static TrainingSetup toEvaluate(int rows) {
        return new TrainingSetup(rows, Optional.empty(), false, 0, false, false, false, OptionalInt.empty());
    }

    /** What a configuration asks for. */
    public static TrainingSetup of(ModelConfig model, TrainConfig train) {
        OptimizerConfig optimizer = train.optimizer();
        return new TrainingSetup(
                train.batch(),
                optimizer.method() == OptimizerConfig.Method.MUON
                        ? Optional.of(optimizer.muon().scale())
                        : Optional.empty(),
                optimizer.averageDecay() > 0,
                optimizer.zLoss(),
                model.zeroInit(),
                train.recompute() == TrainConfig.Recompute.BLOCKS,
                true,
                train.keepsCopy() ? OptionalInt.of(train.eval().threads()) : OptionalInt.empty());
    }

    /** The same for batches of so many rows. */
    TrainingSetup withRows(int number) {
        return new TrainingSetup(number, muon, average, zLoss, zeroInit, recompute, learns, copyThreads);
    }

    /** The same with blocks that share their activations. */
    TrainingSetup recomputing() {
        return new TrainingSetup(rows, muon, average, zLoss, zeroInit, true, learns, copyThreads);
    }

    /** The same without a copy of the weights. */
    TrainingSetup withoutCopy() {
        return new TrainingSetup(rows, muon, average, zLoss, zeroInit, recompute, learns, OptionalInt.empty());
    }
}
