package org.alluvium.contracts.error;

import java.nio.file.FileSystemException;

/** A request to an object store that has failed for good: after every repetition that made sense. */
public final class ObjectStoreException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private final String todo;
    private final boolean mayPass;

    /**
     * An error that names its place.
     *
     * @param where URI of the object
     * @param what happened
     * @param todo what a person can do about it
     * @param mayPass whether it may be over by itself later: an outage, not a missing permission
     */
    public ObjectStoreException(String where, String what, String todo, boolean mayPass, Throwable cause) {
        super(where, null, what);
        initCause(cause);
        this.todo = todo;
        this.mayPass = mayPass;
    }

    /** What a person can do about it. */
    public String todo() {
        return todo;
    }

    /** Whether the same may succeed later although nobody has done anything about it. */
    public boolean mayPass() {
        return mayPass;
    }

    /** Whether an error is one of these that may pass, or was caused by one. */
    public static boolean mayPass(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ObjectStoreException store) {
                return store.mayPass();
            }
        }
        return false;
    }
}
