package org.alluvium.contracts.error;

/** Something that is needed is not there: a file, a port, a program, a process. */
public final class UnavailableException extends AlluviumException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String what, String where, String todo) {
        this(what, where, todo, null);
    }

    public UnavailableException(String what, String where, String todo, Throwable cause) {
        super(ExitCode.UNAVAILABLE, what, where, todo, cause);
    }
}
