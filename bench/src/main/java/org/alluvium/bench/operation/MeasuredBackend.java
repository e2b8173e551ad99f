package org.alluvium.bench.operation;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.alluvium.trainer.backend.AdamWCoefficients;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendInfo;
import org.alluvium.trainer.backend.DeviceMemory;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.backend.OwnMemory;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Traffic;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.Workload;

/** A backend that finishes each operation before it returns; times, costs and what is left on the heap go to a clock. */
public final class MeasuredBackend implements Backend {

    private final Backend backend;
    private final OperationClock clock;

    public MeasuredBackend(Backend backend, OperationClock clock) {
        this.backend = backend;
        this.clock = clock;
    }

    private void measure(String operation, Cost cost, Runnable call) {
        clock.add(operation, cost, spentOn(call));
    }

    private void measure(String operation, LinearShape shape, Cost cost, Runnable call) {
        clock.add(operation, shape, cost, spentOn(call));
    }

    private Spent spentOn(Runnable call) {
        Spent before = Spent.untilNow();
        call.run();
        backend.finish();
        return Spent.untilNow().since(before);
    }

    @Override
    public BackendInfo info() {
        return backend.info();
    }

    @Override
    public ElementType activations() {
        return backend.activations();
    }

    @Override
    public boolean stores(ElementType type) {
        return backend.stores(type);
    }

    @Override
    public Optional<DeviceMemory> deviceMemory() {
        return backend.deviceMemory();
    }

    @Override
    public OwnMemory ownMemory(Workload work, int threads) {
        return backend.ownMemory(work, threads);
    }

    @Override
    public void reserve(Workload work) {
        backend.reserve(work);
    }

    @Override
    public Tensor allocate(long size, ElementType type) {
        return backend.allocate(size, type);
    }

    @Override
    public Weight weight(Tensor master, int out, int in, boolean learns) {
        return backend.weight(master, out, in, learns);
    }

    @Override
    public void refresh(Weight weight) {
        measure(
                "refresh",
                Costs.refresh((long) weight.out() * weight.in(), activations()),
                () -> backend.refresh(weight));
    }

    @Override
    public Indices allocateIndices(int size) {
        return backend.allocateIndices(size);
    }

    @Override
    public void write(Tensor destination, float[] source, int count) {
        measure(
                "write",
                Costs.map(count, Float.BYTES, bytes(destination)),
                () -> backend.write(destination, source, count));
    }

    @Override
    public void write(Indices destination, int[] source, int count) {
        measure(
                "write",
                Costs.map(count, Integer.BYTES, Integer.BYTES),
                () -> backend.write(destination, source, count));
    }

    @Override
    public void read(Tensor source, float[] destination, int count) {
        measure("read", Costs.map(count, bytes(source), Float.BYTES), () -> backend.read(source, destination, count));
    }

    @Override
    public void read(Tensor source, MemorySegment destination) {
        measure("read", Costs.map(source.size(), bytes(source), Float.BYTES), () -> backend.read(source, destination));
    }

    @Override
    public void clear(Tensor tensor) {
        measure("clear", Costs.map(tensor.size(), 0, bytes(tensor)), () -> backend.clear(tensor));
    }

    @Override
    public void copy(Tensor destination, Tensor source, long size) {
        measure(
                "copy",
                Costs.map(size, bytes(source), bytes(destination)),
                () -> backend.copy(destination, source, size));
    }

    @Override
    public void embed(Tensor output, Tensor table, Indices ids, int tokens, int channels) {
        measure("embed", Costs.embed(tokens, channels), () -> backend.embed(output, table, ids, tokens, channels));
    }

    @Override
    public void embedBackward(Tensor tableGradient, Tensor outputGradient, Indices ids, int tokens, int channels) {
        measure(
                "embedBackward",
                Costs.embedBackward(tokens, channels),
                () -> backend.embedBackward(tableGradient, outputGradient, ids, tokens, channels));
    }

    @Override
    public void rmsNorm(NormBuffers buffers, Tensor output, int tokens, int channels, double epsilon) {
        measure(
                "rmsNorm",
                Costs.rmsNorm(tokens, channels, output.type()),
                () -> backend.rmsNorm(buffers, output, tokens, channels, epsilon));
    }

    @Override
    public void rmsNormBackward(
            NormBuffers buffers,
            Tensor inputGradient,
            Tensor weightGradient,
            Tensor outputGradient,
            int tokens,
            int channels) {
        measure(
                "rmsNormBackward",
                Costs.rmsNormBackward(tokens, channels, outputGradient.type()),
                () -> backend.rmsNormBackward(
                        buffers, inputGradient, weightGradient, outputGradient, tokens, channels));
    }

    @Override
    public void linear(Tensor output, Tensor input, Weight weight, LinearShape shape, boolean accumulate) {
        measure(
                "linear",
                shape,
                Costs.linear(shape, input.type(), output.type(), accumulate),
                () -> backend.linear(output, input, weight, shape, accumulate));
    }

    @Override
    public void linearBackwardInput(Tensor inputGradient, Tensor outputGradient, Weight weight, LinearShape shape) {
        measure(
                "linearBackwardInput",
                shape,
                Costs.linearBackwardInput(shape, outputGradient.type(), inputGradient.type()),
                () -> backend.linearBackwardInput(inputGradient, outputGradient, weight, shape));
    }

    @Override
    public void linearBackwardWeight(
            Tensor weightGradient, Tensor outputGradient, Tensor input, LinearShape shape, boolean accumulate) {
        measure(
                "linearBackwardWeight",
                shape,
                Costs.linearBackwardWeight(shape, input.type(), accumulate),
                () -> backend.linearBackwardWeight(weightGradient, outputGradient, input, shape, accumulate));
    }

    @Override
    public void headNorm(HeadNormBuffers buffers, Tensor output, AttentionShape shape, double epsilon) {
        measure(
                "headNorm",
                Costs.headNorm(shape, output.type()),
                () -> backend.headNorm(buffers, output, shape, epsilon));
    }

    @Override
    public void headNormBackward(
            HeadNormBuffers buffers, HeadNormGradients gradients, Tensor packedGradient, AttentionShape shape) {
        measure(
                "headNormBackward",
                Costs.headNormBackward(shape, packedGradient.type()),
                () -> backend.headNormBackward(buffers, gradients, packedGradient, shape));
    }

    @Override
    public void rotate(Tensor packed, Tensor table, Indices documentStart, AttentionShape shape) {
        measure(
                "rotate",
                Costs.rotate(shape, packed.type()),
                () -> backend.rotate(packed, table, documentStart, shape));
    }

    @Override
    public void rotateBackward(Tensor packedGradient, Tensor table, Indices documentStart, AttentionShape shape) {
        measure(
                "rotateBackward",
                Costs.rotate(shape, packedGradient.type()),
                () -> backend.rotateBackward(packedGradient, table, documentStart, shape));
    }

    @Override
    public void attention(Tensor output, Tensor logSumExp, Tensor packed, Indices documentStart, AttentionShape shape) {
        measure(
                "attention",
                Costs.attention(shape, packed.type()),
                () -> backend.attention(output, logSumExp, packed, documentStart, shape));
    }

    @Override
    public void attentionOfLast(Tensor output, Tensor packed, AttentionShape shape) {
        measure("attentionOfLast", Cost.NONE, () -> backend.attentionOfLast(output, packed, shape));
    }

    @Override
    public void attentionBackward(
            Tensor packedGradient,
            Tensor outputGradient,
            AttentionResult result,
            Tensor packed,
            Indices documentStart,
            AttentionShape shape) {
        measure(
                "attentionBackward",
                Costs.attentionBackward(shape, packed.type()),
                () -> backend.attentionBackward(packedGradient, outputGradient, result, packed, documentStart, shape));
    }

    @Override
    public void swiGlu(Tensor output, Tensor gateUp, int tokens, int hidden) {
        measure(
                "swiGlu",
                Costs.swiGlu(tokens, hidden, gateUp.type()),
                () -> backend.swiGlu(output, gateUp, tokens, hidden));
    }

    @Override
    public void swiGluBackward(Tensor gateUpGradient, Tensor outputGradient, Tensor gateUp, int tokens, int hidden) {
        measure(
                "swiGluBackward",
                Costs.swiGluBackward(tokens, hidden, gateUp.type()),
                () -> backend.swiGluBackward(gateUpGradient, outputGradient, gateUp, tokens, hidden));
    }

    @Override
    public void reluSquared(Tensor output, Tensor input, long size) {
        measure(
                "reluSquared",
                Costs.map(size, bytes(input), bytes(output)),
                () -> backend.reluSquared(output, input, size));
    }

    @Override
    public void reluSquaredBackward(Tensor inputGradient, Tensor outputGradient, Tensor input, long size) {
        measure(
                "reluSquaredBackward",
                Costs.map(size, bytes(input) + bytes(outputGradient), bytes(inputGradient)),
                () -> backend.reluSquaredBackward(inputGradient, outputGradient, input, size));
    }

    @Override
    public void crossEntropy(Tensor losses, Tensor logits, Indices targets, LossTerms terms, int rows, int vocabulary) {
        measure(
                "crossEntropy",
                Costs.crossEntropy(rows, vocabulary),
                () -> backend.crossEntropy(losses, logits, targets, terms, rows, vocabulary));
    }

    @Override
    public void crossEntropyWithGradient(LossBuffers buffers, LossTerms terms, float scale, int rows, int vocabulary) {
        measure(
                "crossEntropyWithGradient",
                Costs.crossEntropyWithGradient(
                        rows, vocabulary, buffers.gradient().type()),
                () -> backend.crossEntropyWithGradient(buffers, terms, scale, rows, vocabulary));
    }

    @Override
    public void squaredNorm(Tensor result, Tensor tensor) {
        measure("squaredNorm", Costs.squaredNorm(tensor.size()), () -> backend.squaredNorm(result, tensor));
    }

    @Override
    public void adamW(
            Tensor weights, Tensor gradients, Moments moments, Tensor squaredNorm, AdamWCoefficients coefficients) {
        measure(
                "adamW",
                Costs.adamW(moments.first().size()),
                () -> backend.adamW(weights, gradients, moments, squaredNorm, coefficients));
    }

    @Override
    public void muon(List<MuonMatrix> matrices, Tensor squaredNorm, MuonCoefficients coefficients) {
        measure(
                "muon",
                Costs.muon(matrices, coefficients.iterations()),
                () -> backend.muon(matrices, squaredNorm, coefficients));
    }

    @Override
    public void average(Tensor average, Tensor weights, double share) {
        measure("average", Costs.average(average.size()), () -> backend.average(average, weights, share));
    }

    @Override
    public void finish() {
        backend.finish();
    }

    @Override
    public Optional<Traffic> traffic() {
        return backend.traffic();
    }

    @Override
    public double measurePeakFlops() {
        return backend.measurePeakFlops();
    }

    @Override
    public void close() {
        backend.close();
    }

    private static int bytes(Tensor tensor) {
        return tensor.type().bytes();
    }
}
