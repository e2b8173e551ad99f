package org.alluvium.dashboard.embedding;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.alluvium.dashboard.matrix.Matrix;
import org.alluvium.trainer.probe.Largest;

/**
 * Lays points out so that neighbours lie together: each is drawn to its nearest in the full space and pushed from others taken
 * at random, by the forces of UMAP (McInnes et al., 2018) with all neighbours weighing the same. The same points have the
 * same layout.
 */
final class NeighbourLayout {

    private static final int NEIGHBOURS = 12;
    private static final int EPOCHS = 160;
    private static final int PUSHES = 4;
    private static final double A = 1.577; // UMAP's curve for a least distance of 0.1
    private static final double B = 0.895;
    private static final double LARGEST_MOVE = 4;
    private static final double WIDTH = 10; // of the layout that it begins with

    private final Matrix directions;
    private final int[] ids;

    NeighbourLayout(Matrix directions, int[] ids) {
        this.directions = directions;
        this.ids = ids;
    }

    /** The layout that grows from another one (n,2). */
    Matrix from(Matrix start) {
        int n = ids.length;
        double[] at = spread(start);
        int[][] nearest =
                IntStream.range(0, n).parallel().mapToObj(this::nearest).toArray(int[][]::new);
        SplittableRandom random = new SplittableRandom(7);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            double rate = 1 - (double) epoch / EPOCHS;
            for (int one = 0; one < n; one++) {
                for (int other : nearest[one]) {
                    draw(at, one, other, rate);
                    for (int push = 0; push < PUSHES; push++) {
                        push(at, one, random.nextInt(n), rate);
                    }
                }
            }
        }
        float[] places = new float[2 * n];
        for (int i = 0; i < places.length; i++) {
            places[i] = (float) at[i];
        }
        return new Matrix(places, n, 2);
    }

    private static double[] spread(Matrix start) {
        double largest = 1e-9;
        for (int i = 0; i < start.rows(); i++) {
            largest = Math.max(largest, Math.max(Math.abs(start.get(i, 0)), Math.abs(start.get(i, 1))));
        }
        double[] at = new double[2 * start.rows()];
        for (int i = 0; i < at.length; i++) {
            at[i] = WIDTH * start.get(i / 2, i % 2) / largest;
        }
        return at;
    }

    private int[] nearest(int one) {
        double[] cosines = new double[ids.length];
        for (int other = 0; other < ids.length; other++) {
            cosines[other] = directions.dot(ids[one], directions, ids[other]);
        }
        int[] others =
                IntStream.range(0, ids.length).filter(other -> other != one).toArray();
        return Largest.of(cosines, others, NEIGHBOURS);
    }

    private static void draw(double[] at, int one, int other, double rate) {
        double dx = at[2 * one] - at[2 * other];
        double dy = at[2 * one + 1] - at[2 * other + 1];
        double squared = dx * dx + dy * dy;
        if (squared > 0) {
            double power = Math.pow(squared, B);
            double force = -2 * A * B * power / squared / (1 + A * power);
            move(at, one, rate * clip(force * dx), rate * clip(force * dy));
            move(at, other, -rate * clip(force * dx), -rate * clip(force * dy));
        }
    }

    private static void push(double[] at, int one, int other, double rate) {
        double dx = at[2 * one] - at[2 * other];
        double dy = at[2 * one + 1] - at[2 * other + 1];
        double squared = dx * dx + dy * dy;
        if (one != other) {
            double force = 2 * B / ((0.001 + squared) * (1 + A * Math.pow(squared, B)));
            move(at, one, rate * clip(force * dx), rate * clip(force * dy));
        }
    }

    private static double clip(double move) {
        return Math.clamp(move, -LARGEST_MOVE, LARGEST_MOVE);
    }

    private static void move(double[] at, int one, double dx, double dy) {
        at[2 * one] += dx;
        at[2 * one + 1] += dy;
    }
}
