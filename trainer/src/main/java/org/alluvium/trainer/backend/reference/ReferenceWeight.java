package org.alluvium.trainer.backend.reference;

import org.alluvium.trainer.backend.Weight;

/**
 * A weight in a plain loop's order.
 *
 * @param values a rounded copy of the master, or the master itself
 */
record ReferenceWeight(ReferenceTensor master, ReferenceTensor values, int out, int in) implements Weight {

    static ReferenceTensor values(Weight weight) {
        return ((ReferenceWeight) weight).values;
    }

    void refresh() {
        for (int i = 0; i < values.size(); i++) {
            values.set(i, master.get(i));
        }
    }
}
