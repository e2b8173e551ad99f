package org.alluvium.trainer.model;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Tensor;

/**
 * Gradients of what lies between layers; every block uses the same.
 *
 * @param residual (N,C): in, the gradient of a block's result; out, that of its input
 * @param rounded (N,C): the residual as products read it; the residual itself where they read F32
 * @param branch (N,C), or (N,HD) where that of attention's output
 * @param packed (N,(H+2G)D)
 * @param gateUp (N,2F), or (N,F) without gates
 * @param activated (N,F)
 */
record Gradients(Tensor residual, Tensor rounded, Tensor branch, Tensor packed, Tensor gateUp, Tensor activated) {

    /** For at most {@code tokens} tokens. */
    static Gradients allocate(Backend backend, ModelShape shape, long tokens) {
        ElementType type = backend.activations();
        Tensor residual = backend.allocate(tokens * shape.channels());
        return new Gradients(
                residual,
                type == ElementType.F32 ? residual : backend.allocate(tokens * shape.channels(), type),
                backend.allocate(tokens * branchWidth(shape), type),
                backend.allocate(tokens * shape.packedWidth(), type),
                backend.allocate(tokens * shape.hiddenInputWidth(), type),
                backend.allocate(tokens * shape.hidden(), type));
    }

    /** What {@link #allocate} takes for each token. */
    static long bytesPerToken(ModelShape shape, ElementType type) {
        long rounded = type == ElementType.F32 ? 0 : shape.channels();
        long typed = rounded + branchWidth(shape) + shape.packedWidth() + shape.hiddenInputWidth() + shape.hidden();
        return (long) ElementType.F32.bytes() * shape.channels() + type.bytes() * typed;
    }

    private static int branchWidth(ModelShape shape) {
        return Math.max(shape.channels(), shape.attentionWidth());
    }

    /** Brings {@link #rounded} up to the residual's first {@code size} elements, and returns it. */
    Tensor round(Backend backend, long size) {
        if (rounded.type() != residual.type()) {
            backend.copy(rounded, residual, size);
        }
        return rounded;
    }
}
