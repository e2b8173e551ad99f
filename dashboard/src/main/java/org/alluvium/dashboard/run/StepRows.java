package org.alluvium.dashboard.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.dashboard.series.Rows;

/**
 * Steps that follow each other and have figures of the same names. Their numbers lie column by column, as a run has millions
 * of steps, and an object for each would cost more than all else.
 */
final class StepRows {

    private static final String STEP = "step";
    private static final String TOKENS = "tokens";

    private final List<String> names;
    private final double[][] figures;
    private double[] millis = new double[16];
    private int count;

    StepRows(List<String> names) {
        this.names = names;
        figures = new double[names.size()][millis.length];
    }

    List<String> names() {
        return names;
    }

    int count() {
        return count;
    }

    /**
     * Adds a step.
     *
     * @param time when it was written, in milliseconds since the epoch
     * @param row at least as many figures as there are names
     */
    void add(long time, double[] row) {
        if (count == millis.length) {
            millis = Arrays.copyOf(millis, 2 * count);
            for (int i = 0; i < figures.length; i++) {
                figures[i] = Arrays.copyOf(figures[i], 2 * count);
            }
        }
        millis[count] = time;
        for (int i = 0; i < figures.length; i++) {
            figures[i][count] = row[i];
        }
        count++;
    }

    /** As rows of a track; where a step does not say where it is, it is where the one before was. */
    Rows rows(long stepBefore, long tokensBefore) {
        List<String> columns = new ArrayList<>();
        List<double[]> kept = new ArrayList<>();
        for (int i = 0; i < figures.length; i++) {
            if (!names.get(i).equals(STEP) && !names.get(i).equals(TOKENS)) {
                columns.add(names.get(i));
                kept.add(figures[i]);
            }
        }
        return new Rows(count, positions(STEP, stepBefore), positions(TOKENS, tokensBefore), millis, columns, kept);
    }

    private double[] positions(String name, long before) {
        int index = names.indexOf(name);
        double[] positions = new double[count];
        double last = before;
        for (int i = 0; i < count; i++) {
            if (index >= 0 && !Double.isNaN(figures[index][i])) {
                last = (double) Math.round(figures[index][i]);
            }
            positions[i] = last;
        }
        return positions;
    }
}
