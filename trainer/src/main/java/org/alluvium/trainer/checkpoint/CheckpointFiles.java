package org.alluvium.trainer.checkpoint;

/** The files of a checkpoint folder beside those of a model; {@link Checkpoint} says what is in them. */
public final class CheckpointFiles {

    public static final String OPTIMIZER = "optimizer.safetensors";
    public static final String STATE = "state.json";
    public static final String GUARD = "guard.json";
    public static final String PREQUENTIAL = "prequential.json";
    public static final String BACKEND = "backend.json";
    public static final String LINEAGE = "lineage.json";
    public static final String COMMITMENT = "commitment.json";

    private CheckpointFiles() {}
}
