package org.alluvium.trainer.probe;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which of many numbers are the largest. */
public final class Largest {

    private Largest() {}

    /**
     * Places of the largest, in falling order; of equal ones those that come first.
     *
     * @param values none of them NaN
     * @param among the places that count
     */
    public static int[] of(double[] values, int[] among, int count) {
        int[] places = new int[Math.min(count, among.length)];
        int found = 0;
        for (int place : among) {
            if (found < places.length || (found > 0 && values[place] > values[places[found - 1]])) {
                int at = found < places.length ? found++ : found - 1;
                while (at > 0 && values[place] > values[places[at - 1]]) {
                    places[at] = places[at - 1];
                    at--;
                }
                places[at] = place;
            }
        }
        return Arrays.copyOf(places, found);
    }

    /** The same among all. */
    public static int[] of(double[] values, int count) {
        return of(values, IntStream.range(0, values.length).toArray(), count);
    }
}
