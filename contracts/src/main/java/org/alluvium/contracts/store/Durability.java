package org.alluvium.contracts.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes files and folders survive a power cut. A file's bytes are durable once the file has been synced, its name once
 * the folder that holds it has been. Errors name the path, which a plain {@link FileChannel} does not.
 */
public final class Durability {

    private Durability() {}

    /** Writes a new file and syncs it; its name is durable only after {@link #syncFolder}. */
    public static void writeNew(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (IOException e) {
            throw naming(file, e);
        }
    }

    /** Makes the bytes of a file durable. */
    public static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw naming(file, e);
        }
    }

    /** Makes the names in a folder durable. Windows has no such operation and orders its metadata by itself. */
    public static void syncFolder(Path folder) throws IOException {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw naming(folder, e);
        }
    }

    /** Makes a folder with everything in it durable, but not the folder's own name. */
    public static void syncTree(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                if (Files.isDirectory(child)) {
                    syncTree(child);
                } else {
                    syncFile(child);
                }
            }
        }
        syncFolder(folder);
    }

    /** The same error, naming the path if it did not. */
    static IOException naming(Path path, IOException e) {
        if (e instanceof FileSystemException) {
            return e;
        }
        FileSystemException named = new FileSystemException(path.toString(), null, e.getMessage());
        named.initCause(e);
        return named;
    }
}
