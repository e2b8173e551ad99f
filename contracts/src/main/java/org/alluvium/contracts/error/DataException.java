package org.alluvium.contracts.error;

/** Data on disk is damaged: it cannot be parsed, or its digest is not the recorded one. */
public final class DataException extends AlluviumException {
    private static final long serialVersionUID = 1L;

    public DataException(String what, String where, String todo) {
        this(what, where, todo, null);
    }

    public DataException(String what, String where, String todo, Throwable cause) {
        super(ExitCode.DATA, what, where, todo, cause);
    }
}
