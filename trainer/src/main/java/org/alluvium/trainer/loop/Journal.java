package org.alluvium.trainer.loop;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.WholeLines;

/**
 * Which documents each step learned from: the record that makes "exactly once" a fact that can be looked up. One JSON object
 * a line, one line a step, in order and without gaps:
 *
 * <pre>
 * {"step": 17, "window": 0, "documents": [{"id": "…", "from": 0, "tokens": 231}, …], "tokens": 2048,
 *  "loss": 5.25, "lossBits": "4015000000000000", "learningRate": 0.00034, "gradNorm": 1.5, "gradNormBits": "3ff8000000000000"}
 * </pre>
 *
 * <p>{@code documents} lists, in packed order, what the step took of which document: {@code tokens} input tokens from token
 * {@code from} on. {@code lossBits} and {@code gradNormBits} are the hexadecimal bits of the doubles.
 *
 * <p>A run that was killed goes on from a checkpoint, usually behind the last line. The steps in between are taken again and
 * must say what they said: {@link #record} compares instead of appending, and refuses to go on at the first difference. A
 * torn last line, as a kill in the middle of a write leaves it, is cut off. Used by one thread.
 */
public final class Journal implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final InputStream replay;
    private long position;
    private long step;
    private final long length;

    private Journal(Path file, FileChannel channel, long step, long position) throws IOException {
        this.file = file;
        this.channel = channel;
        this.step = step;
        this.position = position;
        this.length = WholeLines.length(channel);
        channel.position(position);
        this.replay = new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
    }

    /**
     * Opens the journal of a run, creating it if it is new.
     *
     * @param step the step after which the run goes on
     * @param position length of the journal in bytes when that step had been recorded
     * @throws DataException if the journal is shorter than that
     * @throws StorageException if it cannot be read or written
     */
    public static Journal open(Path file, long step, long position) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Journal journal = new Journal(file, channel, step, position);
            if (journal.length < position) {
                channel.close();
                throw new DataException(
                        "the journal has " + journal.length + " bytes, and had " + position + " after step " + step,
                        file.toString(),
                        "Restore the journal, or begin a new run in another folder");
            }
            channel.truncate(journal.length);
            return journal;
        } catch (IOException e) {
            throw StorageException.of("open the journal", file, e);
        }
    }

    /** Length in bytes up to and with the last step that was recorded. */
    public long position() {
        return position;
    }

    /** Whether the next step is one that was recorded before the run was interrupted. */
    public boolean replaying() {
        return position < length;
    }

    /**
     * Appends the line of the next step or, if the journal has it already, checks that nothing about the step has changed.
     *
     * @throws DataException naming the step and what is different
     */
    void record(JournalLine line) {
        if (line.step() != step + 1) {
            throw new IllegalArgumentException("step " + line.step() + " after step " + step);
        }
        try {
            byte[] bytes = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
            if (replaying()) {
                compare(line);
            } else {
                append(ByteBuffer.wrap(bytes));
            }
            position += bytes.length;
            step++;
        } catch (IOException e) {
            throw StorageException.of("write the journal", file, e);
        }
    }

    /** Makes everything recorded so far survive a power cut. */
    public void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw StorageException.of("sync the journal", file, e);
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

    private void append(ByteBuffer bytes) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private void compare(JournalLine line) throws IOException {
        String recorded = readLine().orElse("");
        if (!recorded.equals(line.text())) {
            throw new DataException(
                    "step " + line.step() + " was taken again and came out differently: "
                            + String.join("; ", JournalLine.differences(recorded, line.text())),
                    file + ", byte " + position,
                    "If configuration, corpus or release were changed, undo that; to accept the new course, cut the"
                            + " journal at this byte");
        }
    }

    private Optional<String> readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = replay.read(); next != '\n'; next = replay.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            line.write(next);
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}
