package org.alluvium.ingest.fasttext;

import java.util.Arrays;

/**
 * Labels as leaves of a Huffman tree over their counts (hierarchical softmax); at each inner node a weight says how likely it is
 * to go on to the right.
 */
final class HuffmanOutput implements Output {

    private final Matrix weights;
    private final int[] left; // of each node its left child, or -1; leaves come first, inner nodes as they were made
    private final int[] right;

    private HuffmanOutput(Matrix weights, int[] left, int[] right) {
        this.weights = weights;
        this.left = left;
        this.right = right;
    }

    /** @param counts of the labels, descending */
    static HuffmanOutput of(Matrix weights, long[] counts) {
        int labels = counts.length;
        int[] left = new int[2 * labels - 1];
        int[] right = new int[2 * labels - 1];
        long[] weight = new long[2 * labels - 1];
        Arrays.fill(left, -1);
        Arrays.fill(right, -1);
        Arrays.fill(weight, Long.MAX_VALUE);
        System.arraycopy(counts, 0, weight, 0, labels);
        int leaf = labels - 1;
        int inner = labels;
        for (int node = labels; node < left.length; node++) {
            left[node] = leaf >= 0 && weight[leaf] < weight[inner] ? leaf-- : inner++;
            right[node] = leaf >= 0 && weight[leaf] < weight[inner] ? leaf-- : inner++;
            weight[node] = weight[left[node]] + weight[right[node]];
        }
        return new HuffmanOutput(weights, left, right);
    }

    @Override
    public double[] probabilities(float[] mean) {
        double[] values = new double[left.length];
        values[left.length - 1] = 1;
        int labels = (left.length + 1) / 2;
        for (int node = left.length - 1; node >= labels; node--) {
            double toTheRight = Output.sigmoid(weights.dot(node - labels, mean));
            values[left[node]] = values[node] * (1 - toTheRight);
            values[right[node]] = values[node] * toTheRight;
        }
        return Arrays.copyOf(values, labels);
    }
}
