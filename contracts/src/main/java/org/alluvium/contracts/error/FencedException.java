package org.alluvium.contracts.error;

/** A newer writer has taken over, so this one must stop without changing anything. */
public final class FencedException extends AlluviumException {
    private static final long serialVersionUID = 1L;

    public FencedException(String what, String where, String todo) {
        this(what, where, todo, null);
    }

    public FencedException(String what, String where, String todo, Throwable cause) {
        super(ExitCode.FENCED, what, where, todo, cause);
    }
}
