package org.alluvium.contracts.error;

/** Two parts that must belong together do not, such as a shard and the trainer's tokenizer; both are named. */
public final class MismatchException extends AlluviumException {
    private static final long serialVersionUID = 1L;

    public MismatchException(String what, String where, String todo) {
        this(what, where, todo, null);
    }

    public MismatchException(String what, String where, String todo, Throwable cause) {
        super(ExitCode.MISMATCH, what, where, todo, cause);
    }
}
