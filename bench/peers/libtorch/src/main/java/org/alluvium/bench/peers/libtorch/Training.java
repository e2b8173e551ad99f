package org.alluvium.bench.peers.libtorch;

import static org.bytedeco.pytorch.global.torch.clip_grad_norm_;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A model in training: matrices decay, norms do not. */
final class Training {

    private static final int TARGETS = 1;

    private final Llama model;
    private final Function<Supplier<Tensor>, Tensor> precision;
    private final double clip;
    private final List<Tensor> weights;
    private final List<AdamW> optimizers;

    /**
     * A training that updates the given weights in place.
     *
     * @param bf16 whether forward passes are cast to BF16; weights, moments and reductions stay FP32
     */
    Training(Dump dump, Map<String, Tensor> weights, boolean bf16) {
        weights.values().forEach(Tensor::requires_grad_);
        this.weights = List.copyOf(weights.values());
        model = new Llama(dump.shape(), weights, bf16 ? ScalarType.BFloat16 : ScalarType.Float);
        precision = bf16 ? new Autocast()::during : Supplier::get;
        clip = dump.optimizer().gradientClip();
        Map<Boolean, List<Tensor>> matrices =
                this.weights.stream().collect(Collectors.partitioningBy(values -> values.dim() > 1));
        double decay = dump.optimizer().weightDecay();
        optimizers = List.of(
                new AdamW(matrices.get(true), dump.optimizer(), decay),
                new AdamW(matrices.get(false), dump.optimizer(), 0));
    }

    /**
     * One update on the mean loss over all targets of the step.
     *
     * @param microBatches (accumulate,3,B,T) as {@link DumpTensors#batches} reads them
     * @return that loss, in nats
     */
    double step(Tensor microBatches, double learningRate) {
        try (PointerScope _ = new PointerScope()) {
            Tensor targets = microBatches.select(1, TARGETS);
            long scored = targets.ne(new Scalar(Llama.NOT_SCORED)).sum().item_long();
            double sum = 0;
            for (long i = 0; i < microBatches.size(0); i++) {
                sum += accumulate(microBatches.select(0, i), Math.max(1, scored));
            }
            if (clip > 0) {
                clip_grad_norm_(new TensorVector(weights.toArray(Tensor[]::new)), clip);
            }
            optimizers.forEach(optimizer -> optimizer.step(learningRate));
            weights.forEach(values -> values.mutable_grad().reset());
            return sum / Math.max(1, scored);
        }
    }

    /** Adds a micro-batch's gradients; returns the sum of its losses. */
    private double accumulate(Tensor microBatch, long scored) {
        try (PointerScope _ = new PointerScope()) {
            Tensor loss = precision.apply(() ->
                    model.lossSum(microBatch.select(0, 0), microBatch.select(0, TARGETS), microBatch.select(0, 2)));
            loss.div(new Scalar((double) scored)).backward();
            return loss.item_double();
        }
    }
}
