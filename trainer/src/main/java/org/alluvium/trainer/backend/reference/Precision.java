package org.alluvium.trainer.backend.reference;

/** To what a value is rounded when it is stored; arithmetic in between is always double. */
public enum Precision {
    /** What a fast backend stores. */
    SINGLE {
        @Override
        double round(double value) {
            return (float) value;
        }
    },
    /** For finite differences. */
    DOUBLE {
        @Override
        double round(double value) {
            return value;
        }
    };

    abstract double round(double value);
}
