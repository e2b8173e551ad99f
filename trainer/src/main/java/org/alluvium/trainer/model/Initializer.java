package org.alluvium.trainer.model;

import java.util.Arrays;

/**
 * Initial weights. Every parameter has its own random stream, derived from the seed and the parameter's place, so that
 * neither order nor platform changes a bit.
 *
 * <p>Norms begin at 1. Embeddings are normal with deviation 0.02 (a tied output projection then begins near uniform
 * predictions), matrices with deviation 1/sqrt(3 in); those that write to the residual stream are divided by sqrt(2L)
 * besides, so that the stream's variance does not grow with depth (as GPT-2), or are 0 (Zhang et al., Fixup, arXiv
 * 1901.09321; Yang et al., arXiv 2203.03466) where that is asked for.
 */
final class Initializer {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double EMBEDDING_DEVIATION = 0.02;

    private final ModelShape shape;
    private final boolean zeroInit;
    private final long seed;

    /** @param zeroInit whether what writes to the residual stream begins with 0 */
    Initializer(ModelShape shape, boolean zeroInit, long seed) {
        this.shape = shape;
        this.zeroInit = zeroInit;
        this.seed = seed;
    }

    /** Fills the first {@code parameter.size()} elements. */
    void fill(ParameterInfo parameter, int index, float[] destination) {
        int size = parameter.size();
        if (parameter.dimensions().size() == 1) {
            Arrays.fill(destination, 0, size, 1f);
            return;
        }
        double deviation = deviation(parameter);
        long state = mix(seed + GOLDEN_GAMMA * (index + 1));
        for (int i = 0; i < size; i += 2) {
            // Box and Muller's transform of two uniforms, with StrictMath for the same bits on every machine
            double radius = Math.sqrt(-2 * StrictMath.log(unit(mix(state += GOLDEN_GAMMA))));
            double angle = 2 * Math.PI * unit(mix(state += GOLDEN_GAMMA));
            destination[i] = (float) (deviation * radius * StrictMath.cos(angle));
            if (i + 1 < size) {
                destination[i + 1] = (float) (deviation * radius * StrictMath.sin(angle));
            }
        }
    }

    private double deviation(ParameterInfo parameter) {
        String name = parameter.name();
        if (name.startsWith("model.embed_tokens") || name.startsWith("lm_head")) {
            return EMBEDDING_DEVIATION;
        }
        boolean residual = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
        int in = parameter.dimensions().get(1);
        if (residual && zeroInit) {
            return 0;
        }
        return 1 / Math.sqrt(3.0 * in) / (residual ? Math.sqrt(2.0 * shape.layers()) : 1);
    }

    /** Uniform in (0, 1]. */
    private static double unit(long bits) {
        return ((bits >>> 11) + 1) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long z) {
        long first = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
        return second ^ (second >>> 31);
    }
}
