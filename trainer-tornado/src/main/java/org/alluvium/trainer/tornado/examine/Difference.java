package org.alluvium.trainer.tornado.examine;

/** The largest difference of two results, and the largest number that should have been written. */
final class Difference {

    private double largest;
    private double magnitude;

    /** Numbers as they were, as they should be now, and as they are. */
    void add(float[] before, float[] expected, float[] got) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.compare(before[i], expected[i]) != 0 && Float.isFinite(expected[i])) {
                magnitude = Math.max(magnitude, Math.abs(expected[i]));
            }
            largest = Math.max(largest, distance(expected[i], got[i]));
        }
    }

    private static double distance(float expected, float got) {
        if (Float.compare(expected, got) == 0) {
            return 0;
        }
        double distance = Math.abs((double) expected - got);
        return Double.isFinite(distance) ? distance : Double.POSITIVE_INFINITY;
    }

    /** The difference as a share of the largest number; as it is, if nothing should have been written. */
    double relative() {
        return magnitude == 0 ? largest : largest / magnitude;
    }
}
