package org.alluvium.trainer.pretrained;

import org.alluvium.tokenizer.export.TokenizerFiles;

/** The files of a model's folder, by the names that Hugging Face gives them. */
public final class ModelFiles {

    /** All tensors, where they are in one file. */
    public static final String MODEL = "model.safetensors";

    /** Which tensor is in which file, where they are in several. */
    public static final String INDEX = "model.safetensors.index.json";

    /** The model's shape. */
    public static final String CONFIG = "config.json";

    /** BOS, EOS and how to sample. */
    public static final String GENERATION_CONFIG = "generation_config.json";

    /** A SentencePiece model. */
    public static final String TOKENIZER_MODEL = TokenizerFiles.MODEL;

    /** The vocabulary as Hugging Face's tokenizers have it. */
    public static final String TOKENIZER_JSON = TokenizerFiles.JSON;

    /** Special tokens, and whether documents have BOS and EOS. */
    public static final String TOKENIZER_CONFIG = TokenizerFiles.CONFIG;

    private ModelFiles() {}
}
