package org.alluvium.cli.scale;

/**
 * A figure that a sheet begins with.
 *
 * @param name by which formulas know it
 * @param quantity itself
 * @param unit as it is written, in the plural where that reads better
 * @param kind where it comes from
 * @param source what was measured, read, counted or assumed, and where that can be looked up
 */
public record Input(String name, Quantity quantity, String unit, Kind kind, String source) {

    /** What a figure is worth. */
    public enum Kind {
        /** Chosen by whoever asks. */
        CHOSEN,
        /** Measured with this code. */
        MEASURED,
        /** Follows from the code or from what words mean. */
        COUNTED,
        /** Nobody has measured it. */
        ASSUMED,
        /** What somebody charges; to be replaced by one's own. */
        PRICE
    }

    Input with(double value, String newSource) {
        return new Input(name, new Quantity(value, quantity.unit()), unit, kind, newSource);
    }
}
