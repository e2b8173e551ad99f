package org.alluvium.trainer.model;

import java.util.Optional;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.Backend.AttentionResult;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Tensor;

/**
 * What a {@link Block} keeps from forward to backward, besides its input. What products read, and what they write for
 * element-wise operations, has the type of products; statistics and the residual stream are F32.
 *
 * @param inputRms (N)
 * @param normedInput (N,C)
 * @param projected (N,(H+2G)D)
 * @param headRms (N,H+G), where heads are normalized
 * @param packed (N,(H+2G)D), with normalized heads, rotated; {@code projected} itself where heads are not normalized
 * @param attention output (N,HD) and statistics
 * @param middle (N,C)
 * @param postRms (N)
 * @param normedMiddle (N,C)
 * @param gateUp (N,2F), or (N,F) without gates
 * @param activated (N,F)
 */
record Activations(
        Tensor inputRms,
        Tensor normedInput,
        Tensor projected,
        Optional<Tensor> headRms,
        Tensor packed,
        AttentionResult attention,
        Tensor middle,
        Tensor postRms,
        Tensor normedMiddle,
        Tensor gateUp,
        Tensor activated) {

    /** For at most {@code tokens} tokens. */
    static Activations allocate(Backend backend, ModelShape shape, long tokens) {
        ElementType type = backend.activations();
        boolean norms = shape.architecture().qkNorm();
        Tensor projected = backend.allocate(tokens * shape.packedWidth(), type);
        return new Activations(
                backend.allocate(tokens),
                backend.allocate(tokens * shape.channels(), type),
                projected,
                norms ? Optional.of(backend.allocate(tokens * (shape.heads() + shape.kvHeads()))) : Optional.empty(),
                norms ? backend.allocate(tokens * shape.packedWidth(), type) : projected,
                new AttentionResult(
                        backend.allocate(tokens * shape.attentionWidth(), type),
                        backend.allocate(tokens * shape.heads())),
                backend.allocate(tokens * shape.channels()),
                backend.allocate(tokens),
                backend.allocate(tokens * shape.channels(), type),
                backend.allocate(tokens * shape.hiddenInputWidth(), type),
                backend.allocate(tokens * shape.hidden(), type));
    }

    /** What {@link #allocate} takes for each token. */
    static long bytesPerToken(ModelShape shape, ElementType type) {
        boolean norms = shape.architecture().qkNorm();
        long floats = 2L + shape.heads() + shape.channels() + (norms ? shape.heads() + shape.kvHeads() : 0);
        long typed = 2L * shape.channels()
                + (norms ? 2L : 1L) * shape.packedWidth()
                + shape.attentionWidth()
                + shape.hiddenInputWidth()
                + shape.hidden();
        return ElementType.F32.bytes() * floats + type.bytes() * typed;
    }
}
