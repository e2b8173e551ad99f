package org.alluvium.trainer.backend;

/**
 * A matrix (out,in) in the form in which a backend's products read it: perhaps rounded, perhaps in another order. Made
 * once by {@link Backend#weight} from a master, whose later values it takes over in {@link Backend#refresh} only. Opaque:
 * only the backend that made it can use it.
 */
public interface Weight {

    /** Width of an output row. */
    int out();

    /** Width of an input row. */
    int in();
}
