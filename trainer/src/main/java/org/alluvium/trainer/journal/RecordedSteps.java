package org.alluvium.trainer.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.trainer.checkpoint.RunPosition;

/** The lines of a journal's steps that count, one after another, from the first step of the run. Used by one thread. */
public final class RecordedSteps implements Iterator<JournalLine>, AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final List<JournalTail.Line> lines;
    private int next;

    private RecordedSteps(Path file, FileChannel channel, List<JournalTail.Line> lines) {
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
        List<JournalTail.Line> lines =
                JournalTail.after(RunPosition.START, journal).valid();
        try {
            return new RecordedSteps(journal, FileChannel.open(journal, StandardOpenOption.READ), lines);
        } catch (IOException e) {
            throw StorageException.of("read the journal", journal, e);
        }
    }

    /** How many steps there are. */
    public long steps() {
        return lines.size();
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
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(line.to() - line.from() - 1));
        try {
            while (bytes.hasRemaining() && channel.read(bytes, line.from() + bytes.position()) >= 0) {
                // a read may be short
            }
        } catch (IOException e) {
            throw StorageException.of("read the journal", file, e);
        }
        return new JournalLine(next, new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
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
