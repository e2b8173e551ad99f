package org.alluvium.trainer.checkpoint;

/** The files of a checkpoint folder beside those of a model; {@link CheckpointWriter} says what is in them. */
final class CheckpointFiles {

    static final String OPTIMIZER = "optimizer.safetensors";
    static final String STATE = "state.json";
    static final String GUARD = "guard.json";
    static final String PREQUENTIAL = "prequential.json";
    static final String LINEAGE = "lineage.json";

    private CheckpointFiles() {}
}
