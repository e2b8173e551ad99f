package org.alluvium.contracts.config;

import java.util.Optional;

/** The {@code model} section. A preset gives every dimension; a key given here replaces the preset's value. */
public record ModelConfig(
        @Key(doc = "Named shape.", byDefault = "small") Preset preset,

        @Key(doc = "Tokens a row of a batch holds (T).", byDefault = "", min = 8, max = 1048576)
        Optional<Integer> context,

        @Key(doc = "Transformer blocks (L).", byDefault = "", min = 1, max = 1024)
        Optional<Integer> layers,

        @Key(doc = "Width of the residual stream (C); a multiple of heads.", byDefault = "", min = 8, max = 65536)
        Optional<Integer> channels,

        @Key(doc = "Query heads (H).", byDefault = "", min = 1, max = 1024)
        Optional<Integer> heads,

        @Key(
                doc = "Key and value heads; divides heads. Fewer than heads is grouped-query attention.",
                byDefault = "",
                min = 1,
                max = 1024)
        Optional<Integer> kvHeads,

        @Key(doc = "Width of the hidden layer.", byDefault = "", min = 8, max = 1048576)
        Optional<Integer> hidden,

        @Key(doc = "Base of the rotary position frequencies.", byDefault = "10000", min = 1)
        double ropeTheta,

        @Key(doc = "Added under the root of RMSNorm.", byDefault = "1e-5", min = 0, max = 1)
        double normEpsilon,

        @Key(doc = "Share one matrix between the token embedding and the output projection.", byDefault = "true")
        boolean tiedEmbeddings,

        @Key(
                doc =
                        "Normalize queries and keys per head before they are rotated; checkpoints then have the Qwen3 layout.",
                byDefault = "false")
        boolean qkNorm,

        @Key(
                doc =
                        "Hidden layer: 'swiglu' as Llama has it, or 'relu2', the square of ReLU without a gate; a preset is then half as wide again, for the same size. No published layout has relu2.",
                byDefault = "swiglu")
        Activation activation,

        @Key(
                doc = "Bend logits so that none is larger; 0 leaves them. No published layout has it.",
                byDefault = "0",
                min = 0,
                max = 1000)
        double logitSoftCap,

        @Key(
                doc =
                        "Begin with 0 where blocks write to the residual stream, so that each begins as if it were absent.",
                byDefault = "true")
        boolean zeroInit) {

    /** Hidden layers. */
    public enum Activation {
        SWIGLU,
        RELU2
    }

    /** Named shapes, in ascending order of size. */
    public enum Preset {
        TINY,
        SMALL,
        BASE,
        GPT2
    }
}
