package org.alluvium.contracts.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Optional;

/** Reading or writing failed: disk full, no permission, directory missing. */
public final class StorageException extends AlluviumException {
    private static final long serialVersionUID = 1L;

    public StorageException(String what, String where, String todo) {
        this(what, where, todo, null);
    }

    public StorageException(String what, String where, String todo, Throwable cause) {
        super(ExitCode.STORAGE, what, where, todo, cause);
    }

    /**
     * Says what an {@link IOException} means and what can be done about it.
     *
     * @param action what was being done, as an infinitive with its object: {@code "write the checkpoint"}
     * @param where the file or folder, used if the cause does not name one itself
     */
    public static StorageException of(String action, Path where, IOException cause) {
        return of(action, where.toString(), cause);
    }

    /** As above, of a place that may be no path. */
    public static StorageException of(String action, String where, IOException cause) {
        Optional<String> named =
                cause instanceof FileSystemException f ? Optional.ofNullable(f.getFile()) : Optional.empty();
        String place = named.orElse(where);
        return new StorageException("cannot " + action + ": " + reason(cause), place, remedy(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (cause instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (cause instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String remedy(IOException cause) {
        if (cause instanceof ObjectStoreException store) {
            return store.todo();
        }
        if (cause instanceof NoSuchFileException || cause instanceof NotDirectoryException) {
            return "Check the path in the configuration, and that its disk is mounted";
        }
        if (cause instanceof AccessDeniedException) {
            return "Give this user access to it, or choose another folder";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "Move it away, or choose another name";
        }
        String text = reason(cause).toLowerCase(Locale.ROOT);
        if (text.contains("no space") || text.contains("disk full") || text.contains("quota")) {
            return "Free some space there and start again; nothing that was complete is lost";
        }
        if (text.contains("read-only") || cause.getCause() instanceof ReadOnlyFileSystemException) {
            return "Mount the file system for writing, or choose another folder";
        }
        if (text.contains("too many open files")) {
            return "Raise the limit of open files (ulimit -n) and start again";
        }
        return "Check the disk and start again; nothing that was complete is lost";
    }
}
