package org.alluvium.trainer.checkpoint;

/** How long a checkpoint is kept. */
public enum CheckpointKind {
    /** Written by time, so that a restart loses little; the newest few are kept. */
    TEMPORARY,
    /** Written by step, or at the end of the run; kept for ever. */
    PERMANENT
}
