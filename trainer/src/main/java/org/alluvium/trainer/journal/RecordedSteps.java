package org.alluvium.trainer.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.trainer.checkpoint.RunPosition;

/** The lines of a journal's steps that count, one after another, from the first step of the run, or from a later one. Used by one thread. */
public final class RecordedSteps implements Iterator<JournalLine>, AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final List<JournalTail.Line> lines;
    private final long after;
    private int next;

    private RecordedSteps(Path file, FileChannel channel, List<JournalTail.Line> lines, long after) {
        this.after = after;
        this.file = file;
        this.channel = channel;
        this.lines = lines;
    }

    /**
     * Opens a journal, which may be written to meanwhile: what comes later is not given.
     *
     * @throws StorageException if it cannot be read
     */
    public static RecordedSteps of(Path journal) {
        return of(journal, 0, JournalTail.after(RunPosition.START, journal));
    }

    /**
     * The same from a later step on.
     *
     * @param after the step before the first
     * @param tail what the journal has after that step
     */
    public static RecordedSteps of(Path journal, long after, JournalTail tail) {
        try {
            return new RecordedSteps(journal, FileChannel.open(journal, StandardOpenOption.READ), tail.valid(), after);
        } catch (IOException e) {
            throw StorageException.of("read the journal", journal, e);
        }
    }

    @Override
    public boolean hasNext() {
        return next < lines.size();
    }

    @Override
    public JournalLine next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        JournalTail.Line line = lines.get(next++);
        try {
            return new JournalLine(after + next, line.text(channel));
        } catch (IOException e) {
            throw StorageException.of("read the journal", file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw StorageException.of("close the journal", file, e);
        }
    }
}
