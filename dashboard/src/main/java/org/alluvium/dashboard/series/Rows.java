package org.alluvium.dashboard.series;

import java.util.List;

/**
 * Rows of a track that are added together, column by column. The arrays may be longer than the rows are many.
 *
 * @param count of the rows
 * @param steps of each
 * @param tokens of each
 * @param millis of each
 * @param columns names of the figures
 * @param figures of each column
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
public record Rows(
        int count, double[] steps, double[] tokens, double[] millis, List<String> columns, List<double[]> figures) {}
