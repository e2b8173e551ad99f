package org.alluvium.trainer.checkpoint;

/** The files of a checkpoint folder; {@link CheckpointWriter} says what is in them. */
final class CheckpointFiles {

    static final String MODEL = "model.safetensors";
    static final String CONFIG = "config.json";
    static final String GENERATION_CONFIG = "generation_config.json";
    static final String TOKENIZER_MODEL = "tokenizer.model";
    static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    static final String OPTIMIZER = "optimizer.safetensors";
    static final String STATE = "state.json";
    static final String LINEAGE = "lineage.json";

    private CheckpointFiles() {}
}
