package org.alluvium.contracts.error;

/**
 * An error that a person can act on. The message has three parts: what happened, where (a file, a line, an offset, a
 * key), and what to do next. The command line prints the message alone and exits with {@link #exitCode()}; anything that
 * is not an {@code AlluviumException} is a defect and is printed with its stack trace.
 */
public abstract sealed class AlluviumException extends RuntimeException
        permits ConfigException,
                DataException,
                FencedException,
                MismatchException,
                StorageException,
                UnavailableException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    AlluviumException(ExitCode exitCode, String what, String where, String todo, Throwable cause) {
        super(where + ": " + what + ". " + todo, cause);
        this.exitCode = exitCode;
    }

    /** The exit code of a process that ends with this error. */
    public final ExitCode exitCode() {
        return exitCode;
    }
}
