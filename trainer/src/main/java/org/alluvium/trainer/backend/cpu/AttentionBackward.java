package org.alluvium.trainer.backend.cpu;

import org.alluvium.trainer.backend.cpu.AttentionInput.Block;
import org.alluvium.trainer.backend.cpu.AttentionScratch.Operands;
import org.alluvium.trainer.backend.cpu.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.Gemm.Form;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/**
 * The gradients of one key and value head of one row of a batch, and of all query heads that read it. Probabilities are
 * computed again, tile by tile, from the logarithms of their sums (arXiv 2205.14135).
 */
final class AttentionBackward {

    private final AttentionInput input;
    private final Matrix output; // (N,HD)
    private final Matrix outputGradient; // (N,HD)
    private final Matrix packedGradient; // (N,(H+2G)D)
    private final Gemm gemm;
    private final AttentionScratch scratch;
    private final int headSize;

    /** The tensors of one backward pass. */
    record Tensors(CpuTensor output, CpuTensor outputGradient, CpuTensor packedGradient) {}

    AttentionBackward(AttentionInput input, Tensors tensors, Gemm gemm, AttentionScratch scratch) {
        this.input = input;
        this.output = Matrix.of(tensors.output(), input.shape().outputWidth());
        this.outputGradient = Matrix.of(tensors.outputGradient(), input.shape().outputWidth());
        this.packedGradient = Matrix.of(tensors.packedGradient(), input.shape().packedWidth());
        this.gemm = gemm;
        this.scratch = scratch;
        headSize = input.shape().headSize();
    }

    /** Overwrites the gradients. */
    void group(int row, int kvHead) {
        int context = input.shape().context();
        int group = input.shape().group();
        scratch.keyGradients().segment().fill((byte) 0);
        scratch.valueGradients().segment().fill((byte) 0);
        for (int head = kvHead * group; head < (kvHead + 1) * group; head++) {
            for (int from = 0; from < context; from += AttentionInput.QUERIES) {
                block(input.block(row, from, scratch.firstKeys()), head);
            }
        }
        Matrix keys = packedGradient.at(input.token(row, 0), input.shape().keyOffset(kvHead));
        Matrix values = packedGradient.at(input.token(row, 0), input.shape().valueOffset(kvHead));
        for (int t = 0; t < context; t++) {
            Rows.scale(keys, scratch.keyGradients(), t, headSize, 1f);
            Rows.scale(values, scratch.valueGradients(), t, headSize, 1f);
        }
    }

    private void block(Block block, int head) {
        long token = input.token(block.row(), block.from());
        long column = (long) head * headSize;
        Operands operands = scratch.operands();
        Matrix dOut =
                Rows.floats(outputGradient.at(token, column), block.queries(), headSize, operands.outputGradients());
        Matrix out = Rows.floats(output.at(token, column), block.queries(), headSize, operands.outputs());
        Matrix queries = Rows.floats(
                input.queries(block.row(), block.from(), head), block.queries(), headSize, operands.queries());
        long statistic = input.statistic(block.row(), head, block.from());
        for (int i = 0; i < block.queries(); i++) {
            Scalars.set(scratch.statistics().deltas(), i, Rows.dot(dOut, out, i, headSize));
            Scalars.set(scratch.statistics().logSumExps(), i, Scalars.get(input.logSumExp(), statistic + i));
        }
        for (int key = block.firstKey(); key < block.end(); key += AttentionInput.KEYS) {
            tile(block, head / input.shape().group(), key, new Sides(queries, dOut));
        }
        Matrix into = packedGradient.at(token, column);
        for (int i = 0; i < block.queries(); i++) {
            Rows.scale(into, scratch.accumulated(), i, headSize, 1f);
        }
    }

    /** What a block brings to each of its tiles: queries, and gradients of outputs. */
    private record Sides(Matrix queries, Matrix outputGradients) {}

    private void tile(Block block, int kvHead, int key, Sides sides) {
        int blind = block.blind(key);
        int queryCount = block.queries() - blind;
        int keyCount = block.keys(key);
        Operands operands = scratch.operands();
        Matrix queries = sides.queries().at(blind, 0);
        Matrix dOut = sides.outputGradients().at(blind, 0);
        Matrix keys = Rows.floats(input.keys(block.row(), key, kvHead), keyCount, headSize, operands.keys());
        Matrix values = Rows.floats(input.values(block.row(), key, kvHead), keyCount, headSize, operands.values());
        Matrix probabilities = scratch.scores().at(0, blind);
        Matrix gradients = scratch.scoreGradients().at(0, blind);

        Extent perScore = new Extent(keyCount, queryCount, headSize);
        gemm.multiply(Form.NT, perScore, input.scale(), keys, queries, 0f, probabilities);
        gemm.multiply(Form.NT, perScore, 1f, values, dOut, 0f, gradients);
        new ScoreTile(scratch, block, key, keyCount).backward(input.scale());
        Extent toKeys = new Extent(keyCount, headSize, queryCount);
        gemm.multiply(
                Form.NN,
                toKeys,
                1f,
                probabilities,
                dOut,
                1f,
                scratch.valueGradients().at(key, 0));
        gemm.multiply(
                Form.NN,
                toKeys,
                1f,
                gradients,
                queries,
                1f,
                scratch.keyGradients().at(key, 0));
        Extent toQueries = new Extent(queryCount, headSize, keyCount);
        float keep = key == block.firstKey() ? 0f : 1f;
        gemm.multiply(
                Form.TN,
                toQueries,
                1f,
                gradients,
                keys,
                keep,
                scratch.accumulated().at(blind, 0));
    }
}
