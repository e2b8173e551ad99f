package org.alluvium.contracts.checkpoint;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.Durability;

/**
 * A folder that appears under its name whole or not at all. Its files are written into {@link #path}, a folder beside
 * the final one; {@link #publish} then
 *
 * <ol>
 *   <li>syncs every file,
 *   <li>writes {@code MANIFEST.json}, the digests of all of them, and syncs it,
 *   <li>syncs the folder,
 *   <li>renames it to its final name (moving one of that name aside first),
 *   <li>syncs the parent, and deletes what was moved aside.
 * </ol>
 *
 * <p>Folders beside the final one are called {@code .tmp-<name>-<uuid>} while they are built and {@code .old-<name>} while
 * they are replaced; {@link #recover} clears away what a crash left of either. For one thread.
 */
public final class AtomicDirectory implements AutoCloseable {

    private static final String BUILDING = ".tmp-";
    private static final String REPLACED = ".old-";

    private final Path target;
    private final Path building;
    private boolean published;

    private AtomicDirectory(Path target, Path building) {
        this.target = target;
        this.building = building;
    }

    /** Begins a folder of the given final name. */
    public static AtomicDirectory begin(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        Path building = absolute.resolveSibling(BUILDING + absolute.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.createDirectories(building);
            return new AtomicDirectory(absolute, building);
        } catch (IOException e) {
            throw StorageException.of("begin " + absolute.getFileName(), building, e);
        }
    }

    /** Where to write the files. */
    public Path path() {
        return building;
    }

    /** Gives the folder its final name, replacing one that has it already. */
    public CheckpointManifest publish() {
        Path replaced = target.resolveSibling(REPLACED + target.getFileName());
        try {
            Durability.syncTree(building);
            CheckpointManifest manifest = CheckpointManifest.of(building);
            manifest.write(building);
            Durability.syncFolder(building);
            if (Files.exists(target)) {
                Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(building, target, StandardCopyOption.ATOMIC_MOVE);
            published = true;
            Durability.syncFolder(target.getParent());
            deleteTree(replaced);
            return manifest;
        } catch (IOException e) {
            throw StorageException.of("write " + target.getFileName(), target, e);
        }
    }

    /** Deletes the folder if it has not been published. */
    @Override
    public void close() {
        if (published) {
            return;
        }
        try {
            deleteTree(building);
        } catch (IOException e) {
            throw StorageException.of("delete the unfinished " + target.getFileName(), building, e);
        }
    }

    /**
     * Deletes a published folder. It loses its name first, so that a crash leaves no half of it under that name.
     *
     * @throws StorageException if storage fails; {@link #recover} finishes the job then
     */
    public static void delete(Path folder) {
        Path doomed = folder.resolveSibling(BUILDING + folder.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.move(folder, doomed, StandardCopyOption.ATOMIC_MOVE);
            deleteTree(doomed);
        } catch (IOException e) {
            throw StorageException.of("delete " + folder.getFileName(), folder, e);
        }
    }

    /**
     * Clears away what crashed processes left in a parent folder: unfinished folders are deleted, and a folder that was
     * being replaced gets its name back unless its successor has it. Nobody else may be writing there.
     *
     * @return the names of the leftovers
     */
    public static List<String> recover(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            List<Path> leftovers =
                    children.filter(AtomicDirectory::isLeftover).sorted().toList();
            for (Path leftover : leftovers) {
                recoverOne(leftover);
            }
            Durability.syncFolder(parent);
            return leftovers.stream().map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw StorageException.of("clear away unfinished folders", parent, e);
        }
    }

    private static boolean isLeftover(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(BUILDING) || name.startsWith(REPLACED);
    }

    private static void recoverOne(Path leftover) throws IOException {
        String name = leftover.getFileName().toString();
        if (name.startsWith(REPLACED)) {
            Path target = leftover.resolveSibling(name.substring(REPLACED.length()));
            if (!Files.exists(target)) {
                Files.move(leftover, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        }
        deleteTree(leftover);
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException error) throws IOException {
                if (error != null) {
                    throw error;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
