package org.alluvium.tokenizer.train;

/** Is told how far a training is. */
@FunctionalInterface
public interface TrainingProgress {

    /** Tells nobody. */
    TrainingProgress NONE = (done, all) -> {};

    /** Of {@code all} units of work {@code done} are done. */
    void done(long done, long all);
}
