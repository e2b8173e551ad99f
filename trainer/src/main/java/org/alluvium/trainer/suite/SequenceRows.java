package org.alluvium.trainer.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.trainer.model.Batch;

/**
 * Lays sequences into the rows of a batch, each whole and a document of its own; what follows the last one of a row is
 * padding. Pure; not thread-safe.
 */
final class SequenceRows {

    private final int rows;
    private final int context;
    private final int[] inputs;
    private final int[] targets;
    private final int[] documentStart;
    private final List<Place> places = new ArrayList<>();
    private int row;
    private int column;

    private record Place(int position, int length) {}

    SequenceRows(int rows, int context) {
        this.rows = rows;
        this.context = context;
        this.inputs = new int[rows * context];
        this.targets = new int[rows * context];
        this.documentStart = new int[rows * context];
        clear();
    }

    /** Adds a sequence, unless there is no room left. */
    boolean add(Sequence sequence) {
        int length = sequence.inputs();
        if (column + length > context) {
            endRow();
        }
        if (row == rows) {
            return false;
        }
        int position = row * context + column;
        System.arraycopy(sequence.ids(), 0, inputs, position, length);
        for (int token = sequence.from(); token < sequence.ids().length; token++) {
            targets[position + token - 1] = sequence.ids()[token];
        }
        Arrays.fill(documentStart, position, position + length, column);
        places.add(new Place(position, length));
        column += length;
        return true;
    }

    private void endRow() {
        Arrays.fill(documentStart, row * context + column, (row + 1) * context, column);
        row++;
        column = 0;
    }

    /** The batch; valid until {@link #clear}. */
    Batch batch() {
        while (row < rows) {
            endRow();
        }
        return new Batch(rows, context, inputs, targets, documentStart);
    }

    /** What was lost on each sequence's answer, in the order in which they were added. */
    List<Double> losses(float[] tokenLosses) {
        return places.stream().map(place -> sum(tokenLosses, place)).toList();
    }

    private static double sum(float[] tokenLosses, Place place) {
        double sum = 0;
        for (int i = place.position(); i < place.position() + place.length(); i++) {
            sum += tokenLosses[i];
        }
        return sum;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    void clear() {
        Arrays.fill(inputs, 0);
        Arrays.fill(targets, Batch.NOT_SCORED);
        places.clear();
        row = 0;
        column = 0;
    }
}
