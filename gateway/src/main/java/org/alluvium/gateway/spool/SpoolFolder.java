package org.alluvium.gateway.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.Durability;
import org.alluvium.contracts.store.WholeLines;

/**
 * The folder, on a local file system:
 *
 * <pre>
 * 1795328000123-00000001.jsonl    published: complete, never changed again; ingest reads and deletes it
 * .1795328000123-00000002.jsonl   open: grows; its name begins with '.', so ingest passes it over
 * .gateway.lock                   held by the running gateway
 * </pre>
 *
 * A name is the millisecond at which its gateway started, or later if there is one that is not earlier, and a number: names
 * are never used twice, and their order is that of publication. Lines are JSON objects in UTF-8, ended by a line feed.
 *
 * <p>Whatever a killed gateway left open is published by {@link #recover}, up to its last line feed: what follows was not
 * acknowledged. For one thread.
 */
final class SpoolFolder {

    static final String LOCK = ".gateway.lock";
    private static final String OPEN = ".";
    private static final String SUFFIX = ".jsonl";
    private static final Pattern NAME = Pattern.compile("\\.?(\\d{13})-\\d{8}\\.jsonl");

    private final Path folder;
    private final long start;
    private long number;

    /** @param nowMillis when this gateway starts */
    SpoolFolder(Path folder, long nowMillis) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            this.start = Math.max(nowMillis, newestStart() + 1);
        } catch (IOException e) {
            throw StorageException.of("open the spool", folder, e);
        }
    }

    /** What ingest finds in the folder, whoever put it there. */
    record Content(long files, long bytes) {}

    /** Begins a file; its name is durable when this returns. */
    SegmentFile create(String name) throws IOException {
        Path open = folder.resolve(OPEN + name);
        FileChannel channel = FileChannel.open(open, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        Durability.syncFolder(folder);
        return new LocalFile(open, folder.resolve(name), channel);
    }

    /** The next name. */
    String nextName() {
        number++;
        return "%013d-%08d%s".formatted(start, number, SUFFIX);
    }

    /** Counts what waits for ingest. */
    Content content() throws IOException {
        long files = 0;
        long bytes = 0;
        for (Path path : list()) {
            long size = path.getFileName().toString().startsWith(OPEN) ? -1 : sizeOrGone(path);
            if (size >= 0) {
                files++;
                bytes += size;
            }
        }
        return new Content(files, bytes);
    }

    /** The size of a file; -1 if ingest has deleted it meanwhile, or it is something else. */
    private static long sizeOrGone(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.size() : -1;
        } catch (NoSuchFileException gone) {
            return -1;
        }
    }

    /**
     * Publishes what a killed gateway left open.
     *
     * @return how many files that were
     */
    int recover() {
        try {
            List<Path> left =
                    list().stream().filter(SpoolFolder::isOpen).sorted().toList();
            for (Path open : left) {
                FileChannel channel = FileChannel.open(open, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Path target = folder.resolve(open.getFileName().toString().substring(OPEN.length()));
                new LocalFile(open, target, channel).publish(WholeLines.length(channel));
            }
            return left.size();
        } catch (IOException e) {
            throw StorageException.of("recover the spool", folder, e);
        }
    }

    private static boolean isOpen(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(OPEN) && name.endsWith(SUFFIX);
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private long newestStart() throws IOException {
        return list().stream()
                .map(path -> NAME.matcher(path.getFileName().toString()))
                .filter(Matcher::matches)
                .mapToLong(name -> Long.parseLong(name.group(1)))
                .max()
                .orElse(-1);
    }

    /** An open file and what it is to be called. */
    private record LocalFile(Path open, Path published, FileChannel channel) implements SegmentFile {

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            for (long at = position; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void publish(long length) throws IOException {
            if (channel.isOpen()) {
                if (channel.size() > length) {
                    channel.truncate(length);
                }
                channel.force(true);
                channel.close();
            }
            if (length == 0) {
                Files.deleteIfExists(open);
            } else if (Files.exists(open)) {
                Files.move(open, published, StandardCopyOption.ATOMIC_MOVE);
            }
            Durability.syncFolder(published.getParent());
        }
    }
}
