package org.alluvium.trainer.eval;

/** What a model can be asked while it is trained. */
enum EvaluationKind {
    /** Bits per byte of held-out documents. */
    HELD_OUT,
    /** Questions of suites. */
    SUITES,
    /** Texts that go on with prompts. */
    SAMPLES
}
