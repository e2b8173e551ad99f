package org.alluvium.dashboard.series;

import java.util.List;

/**
 * Some rows of a track as they are.
 *
 * @param columns names of the figures
 * @param rows in their order
 */
public record Table(List<String> columns, List<Row> rows) {

    /** Of nothing. */
    public static final Table EMPTY = new Table(List.of(), List.of());

    /**
     * A row.
     *
     * @param place where it stands
     * @param figures one for each column, NaN where there is none
     */
    public record Row(Track.Place place, List<Double> figures) {}
}
