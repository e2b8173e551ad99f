package org.alluvium.trainer.backend.cpu.attention;

import jdk.incubator.vector.FloatVector;
import org.alluvium.trainer.backend.cpu.attention.AttentionInput.Block;
import org.alluvium.trainer.backend.cpu.attention.AttentionScratch.QueryStatistics;
import org.alluvium.trainer.backend.cpu.lanes.FlatKernels;
import org.alluvium.trainer.backend.cpu.lanes.Lanes;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.product.Gemm.Form;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;
import org.alluvium.trainer.backend.cpu.product.TileProducts;

/**
 * Attention of one head of one row of a batch, with an online softmax (arXiv 1805.02867, tiled as in arXiv 2205.14135):
 * of each query the largest score so far and the sum of exponentials relative to it are kept; when a tile brings a larger
 * score, sum and output so far are scaled down.
 */
final class AttentionForward {

    private final AttentionInput input;
    private final Matrix output; // (N,HD)
    private final TileProducts products;
    private final int worker;
    private final AttentionScratch scratch;
    private final int headSize;

    AttentionForward(
            AttentionInput input, CpuTensor output, TileProducts products, int worker, AttentionScratch scratch) {
        this.input = input;
        this.output = Matrix.of(output, input.shape().outputWidth());
        this.products = products;
        this.worker = worker;
        this.scratch = scratch;
        headSize = input.shape().headSize();
    }

    void head(int row, int head) {
        for (int from = 0; from < input.shape().context(); from += TileProducts.QUERIES) {
            Block block = input.block(row, from, scratch.firstKeys());
            Matrix queries = Rows.operand(
                    input.queries(row, from, head),
                    block.queries(),
                    TileProducts.QUERIES,
                    scratch.operands().queries().as(products.operands()));
            FlatKernels.fill(scratch.statistics().largest(), TileProducts.QUERIES, -Float.MAX_VALUE);
            FlatKernels.fill(scratch.statistics().sums(), TileProducts.QUERIES, 0);
            for (int key = block.firstTile(); key < block.end(); key += TileProducts.KEYS) {
                tile(block, queries, head, key);
            }
            finish(block, head);
        }
    }

    private void tile(Block block, Matrix queries, int head, int key) {
        int kvHead = head / input.shape().group();
        int blind = block.blind(key);
        int seeing = TileProducts.QUERIES - blind;
        Matrix accumulated = scratch.accumulated().at(blind, 0);
        Matrix keys = Rows.operand(
                input.keys(block.row(), key, kvHead),
                block.keys(key),
                TileProducts.KEYS,
                scratch.operands().keys().as(products.operands()));
        Matrix scores = scratch.scores().floats().at(0, blind);
        products.multiply(worker, Form.NT, seeing, keys, queries.at(blind, 0), false, scores);
        boolean shrinks = new ScoreTile(scratch, block, key, products.operands(), input.scale()).forward();
        boolean begun = key > block.firstTile();
        if (shrinks && begun) {
            for (int i = 0; i < seeing; i++) {
                float factor = Scalars.get(scratch.statistics().factors(), blind + i);
                Rows.scale(accumulated, accumulated, i, headSize, factor);
            }
        }
        Matrix values = Rows.operand(
                input.values(block.row(), key, kvHead),
                block.keys(key),
                TileProducts.KEYS,
                scratch.operands().values().as(products.operands()));
        Matrix exponentials = scratch.scores().operand(products.operands(), blind);
        products.multiply(worker, Form.TN, seeing, exponentials, values, begun, accumulated);
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
            FloatVector largest = Lanes.load(statistics.largest(), i).mul(input.scale());
            FloatVector logSumExp = Lanes.log(Lanes.load(statistics.sums(), i)).add(largest);
            Lanes.store(logSumExp, input.logSumExp(), first + i, Lanes.first(block.queries() - i));
        }
    }
}
