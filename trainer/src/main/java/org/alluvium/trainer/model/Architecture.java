package org.alluvium.trainer.model;

import org.alluvium.contracts.config.ModelConfig;

/**
 * Where a model departs from Llama.
 *
 * @param qkNorm whether queries and keys are normalized per head before they are rotated, as Qwen3 does (arXiv 2505.09388;
 *     Henry et al., arXiv 2010.04245)
 * @param activation of the hidden layer: SwiGLU (arXiv 2002.05202), or the square of ReLU (So et al., Primer, arXiv
 *     2109.08668), which has no gate
 * @param logitSoftCap c in {@code c tanh(logit / c)} (Gemma 2, arXiv 2408.00118), or 0 for logits as they are
 */
public record Architecture(boolean qkNorm, ModelConfig.Activation activation, double logitSoftCap) {

    /** No departure. */
    public static final Architecture LLAMA = new Architecture(false, ModelConfig.Activation.SWIGLU, 0);

    /** Whether models like this are published, as Llama or as Qwen3. */
    public boolean isPublished() {
        return activation == ModelConfig.Activation.SWIGLU && logitSoftCap == 0;
    }
}
