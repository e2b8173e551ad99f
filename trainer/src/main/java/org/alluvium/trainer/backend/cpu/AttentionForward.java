package org.alluvium.trainer.backend.cpu;

import jdk.incubator.vector.FloatVector;
import org.alluvium.trainer.backend.cpu.AttentionInput.Block;
import org.alluvium.trainer.backend.cpu.AttentionScratch.QueryStatistics;
import org.alluvium.trainer.backend.cpu.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.Gemm.Form;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/**
 * Attention of one head of one row of a batch, with an online softmax (arXiv 1805.02867, tiled as in arXiv 2205.14135):
 * of each query the largest score so far and the sum of exponentials relative to it are kept; when a tile brings a larger
 * score, sum and output so far are scaled down.
 */
final class AttentionForward {

    private final AttentionInput input;
    private final Matrix output; // (N,HD)
    private final Gemm gemm;
    private final AttentionScratch scratch;
    private final int headSize;

    AttentionForward(AttentionInput input, CpuTensor output, Gemm gemm, AttentionScratch scratch) {
        this.input = input;
        this.output = Matrix.of(output, input.shape().outputWidth());
        this.gemm = gemm;
        this.scratch = scratch;
        headSize = input.shape().headSize();
    }

    void head(int row, int head) {
        for (int from = 0; from < input.shape().context(); from += AttentionInput.QUERIES) {
            Block block = input.block(row, from, scratch.firstKeys());
            Matrix queries = Rows.floats(
                    input.queries(row, from, head),
                    block.queries(),
                    headSize,
                    scratch.operands().queries());
            FlatKernels.fill(scratch.statistics().largest(), AttentionInput.QUERIES, -Float.MAX_VALUE);
            FlatKernels.fill(scratch.statistics().sums(), AttentionInput.QUERIES, 0);
            for (int key = block.firstKey(); key < block.end(); key += AttentionInput.KEYS) {
                tile(block, queries, head, key);
            }
            finish(block, head);
        }
    }

    private void tile(Block block, Matrix blockQueries, int head, int key) {
        int kvHead = head / input.shape().group();
        int blind = block.blind(key);
        int queryCount = block.queries() - blind;
        int keyCount = block.keys(key);
        Matrix scores = scratch.scores().at(0, blind);
        Matrix accumulated = scratch.accumulated().at(blind, 0);
        Matrix queries = blockQueries.at(blind, 0);
        Matrix keys = Rows.floats(
                input.keys(block.row(), key, kvHead),
                keyCount,
                headSize,
                scratch.operands().keys());
        Extent perScore = new Extent(keyCount, queryCount, headSize);
        gemm.multiply(Form.NT, perScore, input.scale(), keys, queries, 0f, scores);
        boolean shrinks = new ScoreTile(scratch, block, key, keyCount).forward();
        boolean begun = key > block.firstKey();
        if (shrinks && begun) {
            for (int i = 0; i < queryCount; i++) {
                float factor = Scalars.get(scratch.statistics().factors(), blind + i);
                Rows.scale(accumulated, accumulated, i, headSize, factor);
            }
        }
        Extent perOutput = new Extent(queryCount, headSize, keyCount);
        Matrix values = Rows.floats(
                input.values(block.row(), key, kvHead),
                keyCount,
                headSize,
                scratch.operands().values());
        gemm.multiply(Form.TN, perOutput, 1f, scores, values, begun ? 1f : 0f, accumulated);
    }

    private void finish(Block block, int head) {
        QueryStatistics statistics = scratch.statistics();
        Matrix into = output.at(input.token(block.row(), block.from()), (long) head * headSize);
        for (int i = 0; i < block.queries(); i++) {
            float sum = Scalars.get(statistics.sums(), i);
            Rows.scale(into, scratch.accumulated(), i, headSize, 1 / sum);
        }
        long first = input.statistic(block.row(), head, block.from());
        for (int i = 0; i < block.queries(); i += Lanes.COUNT) {
            FloatVector logSumExp =
                    Lanes.log(Lanes.load(statistics.sums(), i)).add(Lanes.load(statistics.largest(), i));
            Lanes.store(logSumExp, input.logSumExp(), first + i, Lanes.first(block.queries() - i));
        }
    }
}
