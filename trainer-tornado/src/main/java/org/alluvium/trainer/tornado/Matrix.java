package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.Weight;

/** A weight as products read it: its master itself. */
record Matrix(Region master, int out, int in) implements Weight {

    static int at(Weight weight) {
        return ((Matrix) weight).master().offset();
    }
}
