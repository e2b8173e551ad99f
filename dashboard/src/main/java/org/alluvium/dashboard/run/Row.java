package org.alluvium.dashboard.run;

import java.util.List;

/** Numbers by name. Rows that follow each other have the same names nearly always, and then the same list of them. */
final class Row {

    private final List<String> names;
    private final double[] figures;

    /**
     * A row.
     *
     * @param figures one for each name; they become the row's own
     */
    Row(List<String> names, double[] figures) {
        this.names = names;
        this.figures = figures;
    }

    List<String> names() {
        return names;
    }

    double figure(int index) {
        return figures[index];
    }

    /** A whole number, or the given one if there is none of that name. */
    long whole(String name, long otherwise) {
        int index = names.indexOf(name);
        return index < 0 || Double.isNaN(figures[index]) ? otherwise : Math.round(figures[index]);
    }
}
