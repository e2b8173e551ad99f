package org.alluvium.contracts.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * An {@link ObjectStore} in a folder of a local or network file system.
 *
 * <p>An object is created in four steps, so that a crash between any two leaves nothing or everything:
 *
 * <ol>
 *   <li>write {@code .tmp-<uuid>} in the object's own folder, and sync it;
 *   <li>hard-link it to the final name, which fails if that name exists (POSIX {@code link(2)}): this decides who wins. A
 *       failure is ours if both names are one file, as a network file system repeats a request whose answer was lost (as
 *       {@code open(2)} of Linux says of {@code O_EXCL});
 *   <li>sync the folder, which makes the name durable;
 *   <li>delete the temporary name.
 * </ol>
 *
 * <p>Where the file system has no hard links (exFAT, some network mounts) step 2 is an atomic rename under an exclusive
 * lock on {@code .lock} in that folder, after a look whether the name exists. All writers of such a folder must then be
 * able to lock it; the lock dies with its process.
 *
 * <p>Names that begin with a dot are never listed. Folders below the root come and go with the objects; the root itself
 * must exist, so that a corpus on a disk that is not mounted is an error and not a second, empty corpus.
 */
public final class LocalObjectStore implements ObjectStore {

    private static final String TEMPORARY = ".tmp-";

    /** File locks exclude processes but not threads of one process; this one does the latter, for every instance. */
    private static final Lock THREADS = new ReentrantLock();

    /** Gives an existing file a second name, or fails with {@link FileAlreadyExistsException}. */
    @FunctionalInterface
    interface Linker {
        void link(Path newName, Path existing) throws IOException;
    }

    private final Path root;
    private final Linker linker;

    public LocalObjectStore(Path root) {
        this(root, Files::createLink);
    }

    LocalObjectStore(Path root, Linker linker) {
        this.root = root.toAbsolutePath().normalize();
        this.linker = linker;
    }

    /** The folder that keys are relative to. */
    public Path root() {
        return root;
    }

    @Override
    public boolean createExclusively(String key, byte[] content) throws IOException {
        Path target = resolve(key);
        Path folder = createFolders(target.getParent());
        if (Files.exists(target)) {
            return false;
        }
        Path temporary = folder.resolve(TEMPORARY + UUID.randomUUID());
        try {
            Durability.writeNew(temporary, content);
            boolean created = linkOrRename(target, temporary);
            // The loser syncs as well: it may act on the winner's object, whose name must then survive a power cut.
            Durability.syncFolder(folder);
            return created;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private boolean linkOrRename(Path target, Path temporary) throws IOException {
        try {
            linker.link(target, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            // Where the answer of a network file system is lost, the request is repeated, and finds its own link.
            return Files.isSameFile(target, temporary);
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (canLink(temporary)) {
                throw e; // not for want of hard links
            }
            return renameUnderLock(target, temporary);
        }
    }

    /** Whether the folder's file system has hard links. Error texts do not say so reliably; trying does. */
    private boolean canLink(Path temporary) throws IOException {
        Path probe = temporary.resolveSibling(TEMPORARY + UUID.randomUUID());
        try {
            linker.link(probe, temporary);
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static boolean renameUnderLock(Path target, Path temporary) throws IOException {
        Path lockFile = target.resolveSibling(".lock");
        THREADS.lock();
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid() || Files.exists(target)) {
                return false;
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            THREADS.unlock();
        }
    }

    @Override
    public Optional<byte[]> read(String key) throws IOException {
        Path file = resolve(key);
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            requireRoot();
            return Optional.empty();
        } catch (IOException e) {
            throw Durability.naming(file, e);
        }
    }

    @Override
    public InputStream open(String key) throws IOException {
        return Files.newInputStream(resolve(key));
    }

    /** By a copy beside it that is renamed; {@link #sweep} finds one that a crash has left. */
    @Override
    public void upload(Path file, String key) throws IOException {
        Path target = resolve(key);
        Path folder = createFolders(target.getParent());
        Path temporary = folder.resolve(TEMPORARY + UUID.randomUUID());
        try {
            Files.copy(file, temporary);
            Durability.syncFile(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            Durability.syncFolder(folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public List<String> list(String prefix, Optional<String> after) throws IOException {
        int slash = prefix.lastIndexOf('/');
        Path folder = slash < 0 ? root : resolve(prefix.substring(0, slash));
        List<String> keys = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            collect(folder, prefix, after.orElse(""), keys);
        } else {
            requireRoot();
        }
        keys.sort(null);
        return keys;
    }

    @Override
    public List<StoredObject> describe(String prefix) throws IOException {
        List<StoredObject> objects = new ArrayList<>();
        for (String key : list(prefix, Optional.empty())) {
            look(key).ifPresent(objects::add);
        }
        return objects;
    }

    /** Empty if it has been deleted since it was listed. */
    private Optional<StoredObject> look(String key) throws IOException {
        try {
            BasicFileAttributes file = Files.readAttributes(resolve(key), BasicFileAttributes.class);
            return Optional.of(
                    new StoredObject(key, file.size(), file.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private void collect(Path folder, String prefix, String after, List<String> keys) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                String key = keyOf(child);
                if (child.getFileName().toString().startsWith(".") || endsBefore(key, after)) {
                    continue;
                }
                if (Files.isDirectory(child)) {
                    collect(child, prefix, after, keys);
                } else if (key.startsWith(prefix) && key.compareTo(after) > 0) {
                    keys.add(key);
                }
            }
        }
    }

    /** Whether neither an object of this key nor one in a folder of this name can follow; asks nothing of the disk. */
    private static boolean endsBefore(String key, String after) {
        String folder = key + "/";
        return folder.compareTo(after) < 0 && !after.startsWith(folder);
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(resolve(key));
    }

    @Override
    public int sweep(String prefix, Instant before) throws IOException {
        Path folder = resolve(prefix);
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int swept = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith(TEMPORARY) && isOlder(file, before)) {
                    swept += Files.deleteIfExists(file) ? 1 : 0;
                }
            }
        }
        return swept;
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(file).compareTo(FileTime.from(before)) < 0;
        } catch (NoSuchFileException e) {
            return false; // its writer has just deleted it
        }
    }

    @Override
    public String where(String key) {
        return resolve(key).toString();
    }

    @Override
    public void close() {
        // A folder has no connections.
    }

    private Path createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        requireRoot();
        Path parent = createFolders(folder.getParent());
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            // Only now: a look before would have taken a folder that another creator made after it for a file.
            if (!Files.isDirectory(folder)) {
                throw new NotDirectoryException(folder.toString());
            }
            return folder;
        }
        Durability.syncFolder(parent);
        return folder;
    }

    private void requireRoot() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(root.toString(), null, "the folder of the store is missing");
        }
    }

    private Path resolve(String key) {
        Path path = root.resolve(key).normalize();
        if (key.startsWith("/") || !path.startsWith(root)) {
            throw new IllegalArgumentException("key '" + key + "' leaves the store at " + root);
        }
        return path;
    }

    private String keyOf(Path path) {
        return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
