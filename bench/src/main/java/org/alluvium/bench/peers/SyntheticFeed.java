package org.alluvium.bench.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.alluvium.trainer.model.Batch;
import org.alluvium.trainer.model.ModelShape;

/**
 * Seeded tokens for a shape of which there is no corpus. Each row is one document. The token of rank r is drawn with a weight
 * of 1/r, as words are (Zipf), so that there is something to learn and losses that agree do not agree by standing still.
 */
final class SyntheticFeed implements BatchDump.Feed {

    private final ModelShape shape;
    private final int rows;
    private final int accumulate;
    private final SplittableRandom random;
    private final double[] cumulated;

    SyntheticFeed(ModelShape shape, int rows, int accumulate, long seed) {
        this.shape = shape;
        this.rows = rows;
        this.accumulate = accumulate;
        this.random = new SplittableRandom(seed);
        this.cumulated = new double[shape.vocabulary()];
        double sum = 0;
        for (int rank = 0; rank < cumulated.length; rank++) {
            sum += 1.0 / (rank + 1);
            cumulated[rank] = sum;
        }
    }

    @Override
    public Optional<BatchDump.Fed> next() {
        List<Batch> batches =
                IntStream.range(0, accumulate).mapToObj(i -> batch()).toList();
        return Optional.of(new BatchDump.Fed(batches, accumulate * rows * shape.context()));
    }

    private Batch batch() {
        int context = shape.context();
        int[] inputs = new int[rows * context];
        int[] targets = new int[rows * context];
        for (int row = 0; row < rows; row++) {
            int[] tokens = IntStream.generate(this::draw).limit(context + 1L).toArray();
            System.arraycopy(tokens, 0, inputs, row * context, context);
            System.arraycopy(tokens, 1, targets, row * context, context);
        }
        return new Batch(rows, context, inputs, targets, new int[rows * context]);
    }

    private int draw() {
        double drawn = random.nextDouble() * cumulated[cumulated.length - 1];
        int at = Arrays.binarySearch(cumulated, drawn);
        return Math.min(cumulated.length - 1, at >= 0 ? at + 1 : -at - 1);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
