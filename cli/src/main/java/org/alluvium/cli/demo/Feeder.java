package org.alluvium.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.alluvium.contracts.error.StorageException;

/**
 * Publishes the corpus as numbered files, in order. What is in a file is a function of its number alone, and which files are
 * there is the only state; so a feeder that was killed goes on where it was, and nothing comes twice or not at all. A file
 * is written under a name that ingest does not read, made durable, and renamed.
 */
public final class Feeder {

    /** Documents of a file. */
    public static final int DOCUMENTS_PER_FILE = 25;

    private final Path inbox;
    private final DemoCorpus corpus;
    private int next;

    private Feeder(Path inbox, DemoCorpus corpus, int next) {
        this.inbox = inbox;
        this.corpus = corpus;
        this.next = next;
    }

    /** A feeder that goes on after the files that are in the inbox. */
    public static Feeder resume(Path inbox, DemoCorpus corpus) {
        try {
            Files.createDirectories(inbox);
        } catch (IOException e) {
            throw StorageException.of("create the inbox", inbox, e);
        }
        int next = 0;
        while (Files.exists(inbox.resolve(name(next)))) {
            next++;
        }
        return new Feeder(inbox, corpus, next);
    }

    /** Documents published so far. */
    public int published() {
        return Math.min(next * DOCUMENTS_PER_FILE, corpus.documents());
    }

    /** Whether the whole corpus has been published. */
    public boolean isDone() {
        return published() == corpus.documents();
    }

    /** Publishes the next file, if there is one left. */
    public void publishNext() {
        if (isDone()) {
            return;
        }
        int from = published();
        byte[] lines = corpus.lines(from, Math.min(from + DOCUMENTS_PER_FILE, corpus.documents()));
        Path file = inbox.resolve(name(next));
        Path hidden = inbox.resolve("." + name(next));
        try {
            try (FileChannel channel = FileChannel.open(
                    hidden,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(lines);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StorageException.of("feed the stream", file, e);
        }
        next++;
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "europarl-%05d.tsv", number);
    }
}
