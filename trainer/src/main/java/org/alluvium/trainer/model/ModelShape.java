package org.alluvium.trainer.model;

import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.error.ConfigException;

/**
 * Every dimension of the transformer.
 *
 * @param vocabulary V
 * @param context T, the longest sequence it is trained on
 * @param layers L
 * @param channels C
 * @param heads H, query heads
 * @param kvHeads key and value heads; divides heads
 * @param headSize D, width of a head; even. Mostly C / H
 * @param hidden width of the SwiGLU hidden layer
 * @param ropeTheta base of the rotary frequencies
 * @param ropeScaling how these are changed for long texts
 * @param normEpsilon added under the root of RMSNorm
 * @param tiedEmbeddings whether the output projection is the token embedding
 * @param architecture where it departs from Llama
 */
public record ModelShape(
        int vocabulary,
        int context,
        int layers,
        int channels,
        int heads,
        int kvHeads,
        int headSize,
        int hidden,
        double ropeTheta,
        RopeScaling ropeScaling,
        double normEpsilon,
        boolean tiedEmbeddings,
        Architecture architecture) {

    /** A Llama whose heads share the channels evenly, and whose rotary positions are plain. */
    public ModelShape(
            int vocabulary,
            int context,
            int layers,
            int channels,
            int heads,
            int kvHeads,
            int hidden,
            double ropeTheta,
            double normEpsilon,
            boolean tiedEmbeddings) {
        this(
                vocabulary,
                context,
                layers,
                channels,
                heads,
                kvHeads,
                channels / heads,
                hidden,
                ropeTheta,
                new RopeScaling.None(),
                normEpsilon,
                tiedEmbeddings,
                Architecture.LLAMA);
    }

    /**
     * The shape of a preset, with single dimensions replaced where the configuration gives them.
     *
     * @throws ConfigException if dimensions do not fit each other
     */
    public static ModelShape of(ModelConfig config, int vocabulary) {
        Preset preset = Preset.of(config.preset());
        int channels = config.channels().orElse(preset.channels());
        int heads = config.heads().orElse(preset.heads());
        int kvHeads = config.kvHeads().orElse(Math.min(preset.kvHeads(), heads));
        ModelShape shape = new ModelShape(
                vocabulary,
                config.context().orElse(preset.context()),
                config.layers().orElse(preset.layers()),
                channels,
                heads,
                kvHeads,
                channels / heads,
                config.hidden().orElse(preset.hidden(config.activation())),
                config.ropeTheta(),
                new RopeScaling.None(),
                config.normEpsilon(),
                config.tiedEmbeddings(),
                new Architecture(config.qkNorm(), config.activation(), config.logitSoftCap()));
        shape.validate();
        return shape;
    }

    private void validate() {
        require(
                channels % heads == 0,
                "channels " + channels + " is not a multiple of heads " + heads,
                "model.channels",
                "Set model.channels to a multiple of model.heads");
        require(
                headSize() % 2 == 0,
                "a head is " + headSize() + " wide, and rotary embeddings pair its halves",
                "model.heads",
                "Choose model.channels / model.heads even");
        require(
                heads % kvHeads == 0,
                "kvHeads " + kvHeads + " does not divide heads " + heads,
                "model.kvHeads",
                "Set model.kvHeads to a divisor of model.heads");
    }

    private static void require(boolean holds, String what, String where, String todo) {
        if (!holds) {
            throw new ConfigException(what, where, todo);
        }
    }

    /** The same model for sequences of another length. */
    public ModelShape withContext(int tokens) {
        return with(tokens, layers);
    }

    /** The same model with another number of layers. */
    ModelShape withLayers(int count) {
        return with(context, count);
    }

    private ModelShape with(int newContext, int newLayers) {
        return new ModelShape(
                vocabulary,
                newContext,
                newLayers,
                channels,
                heads,
                kvHeads,
                headSize,
                hidden,
                ropeTheta,
                ropeScaling,
                normEpsilon,
                tiedEmbeddings,
                architecture);
    }

    /** Width of what attention gives, H * D. */
    public int attentionWidth() {
        return heads * headSize;
    }

    /** Width of the packed query, key and value projection, (H + 2G) * D. */
    public int packedWidth() {
        return (heads + 2 * kvHeads) * headSize();
    }

    /** Width of what the hidden layer reads: gates and ups of SwiGLU, or what ReLU is applied to. */
    public int hiddenInputWidth() {
        return switch (architecture.activation()) {
            case SWIGLU -> 2 * hidden;
            case RELU2 -> hidden;
        };
    }

    /** Number of trainable numbers; a tied output projection counts once. */
    public long parameterCount() {
        long embeddings = (long) vocabulary * channels * (tiedEmbeddings ? 1 : 2);
        long norms = (2L * layers + 1) * channels + (architecture.qkNorm() ? 2L * layers * headSize : 0);
        return embeddings + norms + layers * layerMatrixSize();
    }

    /** Elements of one layer's matrices. */
    private long layerMatrixSize() {
        return (long) channels * (packedWidth() + attentionWidth() + hiddenInputWidth() + (long) hidden);
    }

    /**
     * Floating-point operations to train on one token, as MFU counts them: 2 for each weight of a matrix product in the
     * forward pass and 4 in the backward pass, the output projection included and the embedding lookup not, plus the two
     * products of causal attention over half the context (2THD forward, 4THD backward):
     *
     * <pre>
     * 6 * (L * C * ((H+2G)D + HD + 3F) + V * C) + 6 * L * T * HD      with 2F instead of 3F where there are no gates
     * </pre>
     *
     * Recomputation, norms and element-wise work are not counted. MFU = flopsPerToken * tokens per second / peak FLOP/s.
     */
    public double flopsPerToken() {
        double matrices = (double) layers * layerMatrixSize() + (double) vocabulary * channels;
        return 6.0 * matrices + 6.0 * layers * context * attentionWidth();
    }

    /**
     * The dimensions a preset stands for. SMALL has four layers because these learned more than six from the same 16 TFLOP
     * (about 90 seconds of one core) of Europarl's 21 languages: 2.586 against 2.619 held-out bits per byte, both at a
     * learning rate of 3e-3.
     */
    private record Preset(int context, int layers, int channels, int heads, int kvHeads, int hidden) {

        /** Without gates half as wide again, for the same number of parameters. */
        int hidden(ModelConfig.Activation activation) {
            return switch (activation) {
                case SWIGLU -> hidden;
                case RELU2 -> hidden * 3 / 2;
            };
        }

        static Preset of(ModelConfig.Preset preset) {
            return switch (preset) {
                case TINY -> new Preset(64, 2, 64, 4, 2, 192);
                case SMALL -> new Preset(256, 4, 256, 4, 2, 704);
                case BASE -> new Preset(512, 8, 512, 8, 4, 1408);
                case GPT2 -> new Preset(1024, 12, 768, 12, 12, 2048);
            };
        }
    }
}
