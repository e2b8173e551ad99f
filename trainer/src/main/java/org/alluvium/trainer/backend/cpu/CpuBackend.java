package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.trainer.backend.AdamWCoefficients;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.BackendInfo;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.LossTerms;
import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.backend.OwnMemory;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.attention.AttentionOperations;
import org.alluvium.trainer.backend.cpu.attention.AttentionScratch;
import org.alluvium.trainer.backend.cpu.attention.LastTokenAttention;
import org.alluvium.trainer.backend.cpu.kernel.FlatOperations;
import org.alluvium.trainer.backend.cpu.kernel.MuonOperations;
import org.alluvium.trainer.backend.cpu.kernel.TokenOperations;
import org.alluvium.trainer.backend.cpu.memory.CpuIndices;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.memory.PagedArena;
import org.alluvium.trainer.backend.cpu.product.Calibration;
import org.alluvium.trainer.backend.cpu.product.Gemm;
import org.alluvium.trainer.backend.cpu.product.LinearProducts;
import org.alluvium.trainer.backend.cpu.product.MatrixLibrary;
import org.alluvium.trainer.backend.cpu.team.TileLoops;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;

/** A {@link WorkTeam}, an arena, and one object for each family of operations; see {@link Backend} for contracts. */
public final class CpuBackend implements Backend {

    private final PagedArena arena = new PagedArena();
    private final MatrixLibrary library;
    private final BackendInfo info;
    private final WorkTeam team;
    private final Gemm[] gemms; // one a worker
    private final FlatOperations flat;
    private final TokenOperations tokenwise;
    private final AttentionOperations attention;
    private final LastTokenAttention lastToken;
    private final LinearProducts products;
    private final MuonOperations muon;

    /** Closes the library with itself. */
    CpuBackend(int threads, MatrixLibrary library) {
        this.library = library;
        gemms = Stream.generate(library::gemm).limit(threads).toArray(Gemm[]::new);
        info = new BackendInfo("cpu", library.description(), threads);
        team = new WorkTeam(threads, library::prepareThread);
        TileLoops loops = new TileLoops(team);
        flat = new FlatOperations(loops);
        tokenwise = new TokenOperations(loops, arena);
        attention = new AttentionOperations(team, library, gemms, arena);
        lastToken = new LastTokenAttention(team, arena, threads);
        products = library.linear(team, arena);
        muon = new MuonOperations(team, gemms, arena);
    }

    @Override
    public BackendInfo info() {
        return info;
    }

    @Override
    public ElementType activations() {
        return products.activations();
    }

    @Override
    public OwnMemory ownMemory(Workload work, int threads) {
        long weights = work.weights().stream()
                .mapToLong(shape -> products.weightBytes(shape.out(), shape.in(), work.learns()))
                .sum();
        int team = CpuProvider.team(threads);
        long ofThread = AttentionScratch.bytes(work.attention())
                + LastTokenAttention.scratchBytes(work.attention())
                + MuonOperations.scratchBytes(work)
                + library.gemmBytes(work);
        return new OwnMemory(
                weights, products.scratchBytes(work, team) + team * ofThread + TokenOperations.scratchBytes(work));
    }

    @Override
    public void reserve(Workload work) {
        Stream.of(gemms).forEach(gemm -> gemm.reserve(work));
        products.reserve(work);
        attention.reserve(work.attention());
        lastToken.reserve(work.attention());
        muon.reserve(work);
        tokenwise.reserve(work);
    }

    /** Bytes of tensors, weights and scratch memory that it has taken so far. */
    public long allocatedBytes() {
        long ofGemms = Stream.of(gemms).mapToLong(Gemm::allocatedBytes).sum();
        return arena.bytes() + ofGemms + products.allocatedBytes();
    }

    @Override
    public Tensor allocate(long size, ElementType type) {
        return CpuTensor.allocate(arena, size, type);
    }

    @Override
    public Indices allocateIndices(int size) {
        return new CpuIndices(size);
    }

    @Override
    public Weight weight(Tensor master, int out, int in, boolean learns) {
        return products.weight(CpuTensor.of(master), out, in, learns);
    }

    @Override
    public void refresh(Weight weight) {
        products.refresh(weight);
    }

    @Override
    public void write(Tensor destination, float[] source, int count) {
        CpuTensor.of(destination).write(source, count);
    }

    @Override
    public void write(Indices destination, int[] source, int count) {
        CpuIndices.of(destination).write(source, count);
    }

    @Override
    public void read(Tensor source, float[] destination, int count) {
        CpuTensor.of(source).read(destination, count);
    }

    @Override
    public void read(Tensor source, MemorySegment destination) {
        flat.read(CpuTensor.floats(source), destination);
    }

    @Override
    public void clear(Tensor tensor) {
        flat.clear(CpuTensor.of(tensor));
    }

    @Override
    public void copy(Tensor destination, Tensor source, long size) {
        flat.copy(CpuTensor.of(destination), CpuTensor.of(source), size);
    }

    @Override
    public void embed(Tensor output, Tensor table, Indices ids, int tokens, int channels) {
        tokenwise.embed(output, table, ids, tokens, channels);
    }

    @Override
    public void embedBackward(Tensor tableGradient, Tensor outputGradient, Indices ids, int tokens, int channels) {
        tokenwise.embedBackward(tableGradient, outputGradient, ids, tokens, channels);
    }

    @Override
    public void rmsNorm(NormBuffers buffers, Tensor output, int tokens, int channels, double epsilon) {
        tokenwise.rmsNorm(buffers, output, tokens, channels, epsilon);
    }

    @Override
    public void rmsNormBackward(
            NormBuffers buffers,
            Tensor inputGradient,
            Tensor weightGradient,
            Tensor outputGradient,
            int tokens,
            int channels) {
        tokenwise.rmsNormBackward(buffers, inputGradient, weightGradient, outputGradient, tokens, channels);
    }

    @Override
    public void linear(Tensor output, Tensor input, Weight weight, LinearShape shape, boolean accumulate) {
        products.linear(CpuTensor.of(output), CpuTensor.of(input), weight, shape, accumulate);
    }

    @Override
    public void linearBackwardInput(Tensor inputGradient, Tensor outputGradient, Weight weight, LinearShape shape) {
        products.backwardInput(CpuTensor.of(inputGradient), CpuTensor.of(outputGradient), weight, shape);
    }

    @Override
    public void linearBackwardWeight(
            Tensor weightGradient, Tensor outputGradient, Tensor input, LinearShape shape, boolean accumulate) {
        products.backwardWeight(
                CpuTensor.of(weightGradient), CpuTensor.of(outputGradient), CpuTensor.of(input), shape, accumulate);
    }

    @Override
    public void headNorm(HeadNormBuffers buffers, Tensor output, AttentionShape shape, double epsilon) {
        tokenwise.headNorm(buffers, output, shape, epsilon);
    }

    @Override
    public void headNormBackward(
            HeadNormBuffers buffers, HeadNormGradients gradients, Tensor packedGradient, AttentionShape shape) {
        tokenwise.headNormBackward(buffers, gradients, packedGradient, shape);
    }

    @Override
    public void rotate(Tensor packed, Tensor table, Indices documentStart, AttentionShape shape) {
        tokenwise.rotate(packed, table, documentStart, shape, 1f);
    }

    @Override
    public void rotateBackward(Tensor packedGradient, Tensor table, Indices documentStart, AttentionShape shape) {
        tokenwise.rotate(packedGradient, table, documentStart, shape, -1f);
    }

    @Override
    public void attention(Tensor output, Tensor logSumExp, Tensor packed, Indices documentStart, AttentionShape shape) {
        attention.forward(output, logSumExp, packed, documentStart, shape);
    }

    @Override
    public void attentionOfLast(Tensor output, Tensor packed, AttentionShape shape) {
        lastToken.run(output, packed, shape);
    }

    @Override
    public void attentionBackward(
            Tensor packedGradient,
            Tensor outputGradient,
            AttentionResult result,
            Tensor packed,
            Indices documentStart,
            AttentionShape shape) {
        attention.backward(packedGradient, outputGradient, result, packed, documentStart, shape);
    }

    @Override
    public void swiGlu(Tensor output, Tensor gateUp, int tokens, int hidden) {
        tokenwise.swiGlu(output, gateUp, tokens, hidden);
    }

    @Override
    public void swiGluBackward(Tensor gateUpGradient, Tensor outputGradient, Tensor gateUp, int tokens, int hidden) {
        tokenwise.swiGluBackward(gateUpGradient, outputGradient, gateUp, tokens, hidden);
    }

    @Override
    public void reluSquared(Tensor output, Tensor input, long size) {
        flat.reluSquared(output, input, size);
    }

    @Override
    public void reluSquaredBackward(Tensor inputGradient, Tensor outputGradient, Tensor input, long size) {
        flat.reluSquaredBackward(inputGradient, outputGradient, input, size);
    }

    @Override
    public void crossEntropy(Tensor losses, Tensor logits, Indices targets, LossTerms terms, int rows, int vocabulary) {
        tokenwise.crossEntropy(losses, logits, targets, terms, rows, vocabulary);
    }

    @Override
    public void crossEntropyWithGradient(LossBuffers buffers, LossTerms terms, float scale, int rows, int vocabulary) {
        tokenwise.crossEntropyWithGradient(buffers, terms, scale, rows, vocabulary);
    }

    @Override
    public void squaredNorm(Tensor result, Tensor tensor) {
        flat.squaredNorm(result, tensor);
    }

    @Override
    public void adamW(
            Tensor weights, Tensor gradients, Moments moments, Tensor squaredNorm, AdamWCoefficients coefficients) {
        flat.adamW(weights, gradients, moments, squaredNorm, coefficients);
    }

    @Override
    public void muon(List<MuonMatrix> matrices, Tensor squaredNorm, MuonCoefficients coefficients) {
        muon.update(matrices, squaredNorm, coefficients);
    }

    @Override
    public void average(Tensor average, Tensor weights, double share) {
        flat.average(average, weights, share);
    }

    @Override
    public double measurePeakFlops() {
        return new Calibration(library, team).measure();
    }

    @Override
    public void close() {
        team.close();
        library.close();
        arena.close();
    }
}
