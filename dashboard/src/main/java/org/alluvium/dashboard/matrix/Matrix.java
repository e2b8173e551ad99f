package org.alluvium.dashboard.matrix;

/** A matrix of floats, row-major; it shares the array it was made of. For reading. */
public final class Matrix {

    private final float[] values;
    private final int rows;
    private final int columns;

    /**
     * A matrix.
     *
     * @throws IllegalArgumentException if there are more or fewer values than it has places
     */
    public Matrix(float[] values, int rows, int columns) {
        if (values.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(values.length + " values are not " + rows + " times " + columns);
        }
        this.values = values;
        this.rows = rows;
        this.columns = columns;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public float get(int row, int column) {
        return values[row * columns + column];
    }

    /** The sum of the products of two rows, one of each matrix. */
    public double dot(int row, Matrix other, int otherRow) {
        return dot(row, other.values, otherRow * columns);
    }

    /** The sum of the products of a row with numbers. */
    public double dot(int row, float[] vector) {
        return dot(row, vector, 0);
    }

    /** In four sums, which a CPU adds to at the same time. */
    private double dot(int row, float[] vector, int from) {
        int begin = row * columns;
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int column = 0;
        for (; column + 3 < columns; column += 4) {
            first += (double) values[begin + column] * vector[from + column];
            second += (double) values[begin + column + 1] * vector[from + column + 1];
            third += (double) values[begin + column + 2] * vector[from + column + 2];
            fourth += (double) values[begin + column + 3] * vector[from + column + 3];
        }
        for (; column < columns; column++) {
            first += (double) values[begin + column] * vector[from + column];
        }
        return first + second + third + fourth;
    }

    /** The sum of all squares. */
    public double squaredNorm() {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    /** Each row with the length of one; a row of zeros stays as it is. */
    public Matrix unitRows() {
        float[] unit = new float[values.length];
        for (int row = 0; row < rows; row++) {
            double length = Math.sqrt(dot(row, this, row));
            double factor = length == 0 ? 0 : 1 / length;
            for (int at = row * columns; at < (row + 1) * columns; at++) {
                unit[at] = (float) (values[at] * factor);
            }
        }
        return new Matrix(unit, rows, columns);
    }

    /** This less the other. */
    public Matrix minus(Matrix other) {
        float[] difference = new float[values.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = values[i] - other.values[i];
        }
        return new Matrix(difference, rows, columns);
    }

    /** Less the mean of each column. */
    public Matrix centred() {
        double[] means = new double[columns];
        for (int i = 0; i < values.length; i++) {
            means[i % columns] += values[i] / (double) rows;
        }
        float[] centred = new float[values.length];
        for (int i = 0; i < centred.length; i++) {
            centred[i] = (float) (values[i] - means[i % columns]);
        }
        return new Matrix(centred, rows, columns);
    }

    /** A row's products with the columns of {@code basis} (columns,k), added to {@code sums} from a place on. */
    void project(int row, double[] basis, int k, double[] sums, int at) {
        for (int column = 0; column < columns; column++) {
            double value = values[row * columns + column];
            for (int i = 0; i < k; i++) {
                sums[at + i] += value * basis[column * k + i];
            }
        }
    }

    /** The opposite way: the row times each of {@code weights}, added to the rows of {@code sums} (columns,k). */
    void scatter(int row, double[] weights, int at, int k, double[] sums) {
        for (int column = 0; column < columns; column++) {
            double value = values[row * columns + column];
            for (int i = 0; i < k; i++) {
                sums[column * k + i] += value * weights[at + i];
            }
        }
    }
}
