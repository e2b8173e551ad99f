package org.alluvium.trainer.model;

/** What a step consists of, in its order. The first three repeat for every micro-batch. */
public enum StepPart {
    /** From tokens to what the last block writes. */
    FORWARD,
    /** Logits, loss, and their gradients: the two are computed together, some rows at a time. */
    OUTPUT,
    /** From there back to the embeddings. */
    BACKWARD,
    /** The gradient's norm, and what the optimizer does. */
    UPDATE
}
