package org.alluvium.trainer.model;

import java.util.List;

/**
 * A parameter's name and dimensions.
 *
 * @param name in the Hugging Face Llama layout, e.g. {@code model.layers.0.self_attn.q_proj.weight}
 * @param dimensions row-major; matrices are (out, in)
 * @param decayed whether weight decay applies (matrices yes, norms no)
 */
public record ParameterInfo(String name, List<Integer> dimensions, boolean decayed) {

    public ParameterInfo {
        dimensions = List.copyOf(dimensions);
    }

    /** Number of elements. */
    public int size() {
        return dimensions.stream().reduce(1, Math::multiplyExact);
    }
}
