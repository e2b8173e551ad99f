package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.cpu.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.Gemm.Form;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/**
 * Attention for one head (forward) or one group of heads (backward) of one row of a batch. Queries are taken
 * {@value #BLOCK} at a time; the scores of such a block against the keys that any of them may see, a tile of
 * {@value #BLOCK} x T, are all that exists of the (T,T) matrix. Keys before the block's first document are left out, so
 * short documents cost less than long ones. The backward pass computes the probabilities again from the logarithms of
 * their sums (as arXiv 2205.14135 does, though with whole rows of scores in place of an online softmax).
 */
final class AttentionKernel {

    /** Queries of a block. */
    static final int BLOCK = 64;

    private final AttentionShape shape;
    private final CpuIndices documentStart;
    private final Matrix packed; // (N,(H+2G)D)
    private final MemorySegment logSumExp; // (B,H,T)
    private final Gemm gemm;
    private final float scale;

    AttentionKernel(AttentionShape shape, CpuIndices documentStart, CpuTensor packed, CpuTensor logSumExp, Gemm gemm) {
        this.shape = shape;
        this.documentStart = documentStart;
        this.packed = Matrix.of(packed, shape.packedWidth());
        this.logSumExp = logSumExp.segment();
        this.gemm = gemm;
        this.scale = (float) (1 / Math.sqrt(shape.headSize()));
    }

    /** Elements of scratch memory that one thread needs: scores and their gradients. */
    static long scratchElements(int context) {
        return 2L * BLOCK * context;
    }

    /** Queries {@code from .. from + queries - 1} of a row against keys {@code firstKey .. firstKey + keys - 1}. */
    private record Block(int row, int from, int queries, int firstKey, int keys) {}

    private Block block(int row, int from) {
        int queries = Math.min(BLOCK, shape.context() - from);
        int firstKey = from;
        for (int t = from; t < from + queries; t++) {
            firstKey = Math.min(firstKey, documentStart.get(row * shape.context() + t));
        }
        return new Block(row, from, queries, firstKey, from + queries - firstKey);
    }

    void forward(CpuTensor output, int row, int head, MemorySegment scratch) {
        Matrix mixed = Matrix.of(output, shape.outputWidth());
        Matrix scores = Matrix.floats(scratch, 0, shape.context());
        for (int from = 0; from < shape.context(); from += BLOCK) {
            Block block = block(row, from);
            score(block, head, scores);
            for (int i = 0; i < block.queries(); i++) {
                softmax(block, head, i, scratch);
            }
            gemm.multiply(
                    Form.NN,
                    new Extent(block.queries(), shape.headSize(), block.keys()),
                    1f,
                    scores,
                    values(packed, block, head),
                    0f,
                    mixed.at(firstToken(block), (long) head * shape.headSize()));
        }
    }

    /** Fills the gradients of a key and value head and of all query heads that read it; overwrites them. */
    void backward(
            CpuTensor packedGradient,
            CpuTensor outputGradient,
            CpuTensor output,
            int row,
            int kvHead,
            MemorySegment scratch) {
        Matrix gradient = Matrix.of(packedGradient, shape.packedWidth());
        clear(gradient, row, shape.keyOffset(kvHead));
        clear(gradient, row, shape.valueOffset(kvHead));
        Matrix probabilities = Matrix.floats(scratch, 0, shape.context());
        Matrix scoreGradients = Matrix.floats(scratch, (long) BLOCK * shape.context(), shape.context());
        for (int head = kvHead * shape.group(); head < (kvHead + 1) * shape.group(); head++) {
            for (int from = 0; from < shape.context(); from += BLOCK) {
                Block block = block(row, from);
                Matrix dOut = Matrix.of(outputGradient, shape.outputWidth())
                        .at(firstToken(block), (long) head * shape.headSize());
                Matrix out =
                        Matrix.of(output, shape.outputWidth()).at(firstToken(block), (long) head * shape.headSize());
                score(block, head, probabilities);
                Extent perKey = new Extent(block.queries(), block.keys(), shape.headSize());
                gemm.multiply(Form.NT, perKey, 1f, dOut, values(packed, block, head), 0f, scoreGradients);
                for (int i = 0; i < block.queries(); i++) {
                    float delta = dot(dOut.at(i, 0), out.at(i, 0));
                    softmaxBackward(block, head, i, delta, scratch);
                }
                accumulate(block, head, gradient, dOut, probabilities, scoreGradients);
            }
        }
    }

    private void accumulate(
            Block block, int head, Matrix gradient, Matrix dOut, Matrix probabilities, Matrix scoreGradients) {
        Extent toKeys = new Extent(block.keys(), shape.headSize(), block.queries());
        Extent toQueries = new Extent(block.queries(), shape.headSize(), block.keys());
        Matrix queries = queries(packed, block, head);
        gemm.multiply(Form.TN, toKeys, 1f, probabilities, dOut, 1f, values(gradient, block, head));
        gemm.multiply(Form.TN, toKeys, 1f, scoreGradients, queries, 1f, keys(gradient, block, head));
        Matrix keys = keys(packed, block, head);
        gemm.multiply(Form.NN, toQueries, 1f, scoreGradients, keys, 0f, queries(gradient, block, head));
    }

    private void score(Block block, int head, Matrix scores) {
        Extent extent = new Extent(block.queries(), block.keys(), shape.headSize());
        gemm.multiply(Form.NT, extent, scale, queries(packed, block, head), keys(packed, block, head), 0f, scores);
    }

    private long firstToken(Block block) {
        return (long) block.row() * shape.context() + block.from();
    }

    private Matrix queries(Matrix matrix, Block block, int head) {
        return matrix.at(firstToken(block), (long) head * shape.headSize());
    }

    private Matrix keys(Matrix matrix, Block block, int head) {
        return matrix.at(firstKeyToken(block), shape.keyOffset(head / shape.group()));
    }

    private Matrix values(Matrix matrix, Block block, int head) {
        return matrix.at(firstKeyToken(block), shape.valueOffset(head / shape.group()));
    }

    private long firstKeyToken(Block block) {
        return (long) block.row() * shape.context() + block.firstKey();
    }

    private void clear(Matrix gradient, int row, int column) {
        long bytes = (long) shape.headSize() * Float.BYTES;
        for (int t = 0; t < shape.context(); t++) {
            Matrix at = gradient.at((long) row * shape.context() + t, column);
            at.segment().asSlice(at.offset() * Float.BYTES, bytes).fill((byte) 0);
        }
    }

    /** Turns row i of the scores into probabilities, 0 for keys it may not see, and keeps the logarithm of their sum. */
    private void softmax(Block block, int head, int i, MemorySegment scores) {
        long row = (long) i * shape.context();
        int t = block.from() + i;
        int low = documentStart.get(block.row() * shape.context() + t) - block.firstKey();
        int high = t + 1 - block.firstKey();
        float largest = SoftmaxRow.largest(scores, row, low, high);
        float sum = SoftmaxRow.exponentiate(scores, row, low, high, block.keys(), largest);
        SoftmaxRow.multiply(scores, row, block.keys(), 1 / sum);
        Scalars.set(logSumExp, statistic(block, head, t), (float) (largest + StrictMath.log(sum)));
    }

    /** Turns row i of the scores into probabilities, and of the probabilities' gradients into the scores'. */
    private void softmaxBackward(Block block, int head, int i, float delta, MemorySegment scratch) {
        long row = (long) i * shape.context();
        int t = block.from() + i;
        int low = documentStart.get(block.row() * shape.context() + t) - block.firstKey();
        int high = t + 1 - block.firstKey();
        float sum = Scalars.get(logSumExp, statistic(block, head, t));
        SoftmaxRow.exponentiate(scratch, row, low, high, block.keys(), sum);
        SoftmaxRow.gradient(scratch, row, row + (long) BLOCK * shape.context(), block.keys(), delta, scale);
    }

    private long statistic(Block block, int head, int t) {
        return ((long) block.row() * shape.heads() + head) * shape.context() + t;
    }

    /** The inner product of a head's elements. */
    private float dot(Matrix a, Matrix b) {
        FloatVector sum = Lanes.zero();
        int bound = Lanes.bound(shape.headSize());
        for (int d = 0; d < bound; d += Lanes.COUNT) {
            sum = Lanes.load(a.segment(), a.offset() + d).fma(Lanes.load(b.segment(), b.offset() + d), sum);
        }
        if (bound < shape.headSize()) {
            VectorMask<Float> tail = Lanes.first(shape.headSize() - bound);
            FloatVector last = Lanes.load(a.segment(), a.offset() + bound, tail);
            sum = last.fma(Lanes.load(b.segment(), b.offset() + bound, tail), sum);
        }
        return Lanes.sum(sum);
    }
}
