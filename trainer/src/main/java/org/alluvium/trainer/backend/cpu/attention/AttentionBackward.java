package org.alluvium.trainer.backend.cpu.attention;

import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.attention.AttentionInput.Block;
import org.alluvium.trainer.backend.cpu.attention.AttentionScratch.Operands;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.product.Gemm.Form;
import org.alluvium.trainer.backend.cpu.product.Gemm.Matrix;
import org.alluvium.trainer.backend.cpu.product.TileProducts;

/**
 * The gradients of one key and value head of one row of a batch, and of all query heads that read it. Probabilities are
 * computed again, tile by tile, from the logarithms of their sums (arXiv 2205.14135).
 */
final class AttentionBackward {

    private final AttentionInput input;
    private final Matrix output; // (N,HD)
    private final Matrix outputGradient; // (N,HD)
    private final Matrix packedGradient; // (N,(H+2G)D)
    private final TileProducts products;
    private final int worker;
    private final AttentionScratch scratch;
    private final int headSize;

    /** The tensors of one backward pass. */
    record Tensors(CpuTensor output, CpuTensor outputGradient, CpuTensor packedGradient) {}

    AttentionBackward(
            AttentionInput input, Tensors tensors, TileProducts products, int worker, AttentionScratch scratch) {
        this.input = input;
        this.output = Matrix.of(tensors.output(), input.shape().outputWidth());
        this.outputGradient = Matrix.of(tensors.outputGradient(), input.shape().outputWidth());
        this.packedGradient = Matrix.of(tensors.packedGradient(), input.shape().packedWidth());
        this.products = products;
        this.worker = worker;
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
            for (int from = 0; from < context; from += TileProducts.QUERIES) {
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
        ElementType type = products.operands();
        Matrix gradients = outputGradient.at(token, column);
        Matrix outputs = output.at(token, column);
        long statistic = input.statistic(block.row(), head, block.from());
        for (int i = 0; i < block.queries(); i++) {
            Scalars.set(scratch.statistics().deltas(), i, Rows.dot(gradients, outputs, i, headSize));
            Scalars.set(scratch.statistics().logSumExps(), i, Scalars.get(input.logSumExp(), statistic + i));
        }
        int whole = TileProducts.QUERIES;
        Matrix queries = input.queries(block.row(), block.from(), head);
        Sides sides = new Sides(
                Rows.operand(queries, block.queries(), whole, operands.queries().as(type)),
                Rows.operand(
                        gradients,
                        block.queries(),
                        whole,
                        operands.outputGradients().as(type)));
        for (int key = block.firstTile(); key < block.end(); key += TileProducts.KEYS) {
            tile(block, head / input.shape().group(), key, sides);
        }
        Matrix into = packedGradient.at(token, column);
        for (int i = 0; i < block.queries(); i++) {
            Rows.scale(into, scratch.accumulated(), i, headSize, 1f);
        }
    }

    /** What a block brings to each of its tiles: queries, and gradients of outputs. */
    private record Sides(Matrix queries, Matrix outputGradients) {

        Sides from(int query) {
            return new Sides(queries.at(query, 0), outputGradients.at(query, 0));
        }
    }

    private void tile(Block block, int kvHead, int key, Sides whole) {
        int blind = block.blind(key);
        Sides sides = whole.from(blind);
        Operands operands = scratch.operands();
        ElementType type = products.operands();
        Matrix keys = Rows.operand(
                input.keys(block.row(), key, kvHead),
                block.keys(key),
                TileProducts.KEYS,
                operands.keys().as(type));
        Matrix values = Rows.operand(
                input.values(block.row(), key, kvHead),
                block.keys(key),
                TileProducts.KEYS,
                operands.values().as(type));
        multiply(
                Form.NT,
                blind,
                keys,
                sides.queries(),
                false,
                scratch.scores().floats().at(0, blind));
        multiply(
                Form.NT,
                blind,
                values,
                sides.outputGradients(),
                false,
                scratch.scoreGradients().floats().at(0, blind));
        new ScoreTile(scratch, block, key, type, input.scale()).backward();
        Matrix probabilities = scratch.scores().operand(type, blind);
        Matrix gradients = scratch.scoreGradients().operand(type, blind);
        Matrix ofValues = scratch.valueGradients().at(key, 0);
        multiply(Form.NN, blind, probabilities, sides.outputGradients(), true, ofValues);
        multiply(
                Form.NN,
                blind,
                gradients,
                sides.queries(),
                true,
                scratch.keyGradients().at(key, 0));
        Matrix ofQueries = scratch.accumulated().at(blind, 0);
        multiply(Form.TN, blind, gradients, keys, key > block.firstTile(), ofQueries);
    }

    private void multiply(Form form, int blind, Matrix a, Matrix b, boolean accumulate, Matrix c) {
        products.multiply(worker, form, TileProducts.QUERIES - blind, a, b, accumulate, c);
    }
}
