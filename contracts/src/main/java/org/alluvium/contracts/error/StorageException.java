package org.alluvium.contracts.error;

/** Reading or writing failed: disk full, no permission, directory missing. */
public final class StorageException extends AlluviumException {
    private static final long serialVersionUID = 1L;

    public StorageException(String what, String where, String todo) {
        this(what, where, todo, null);
    }

    public StorageException(String what, String where, String todo, Throwable cause) {
        super(ExitCode.STORAGE, what, where, todo, cause);
    }
}
