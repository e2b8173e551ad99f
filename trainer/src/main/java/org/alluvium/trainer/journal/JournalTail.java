package org.alluvium.trainer.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.WholeLines;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.guard.LeftOut;

/**
 * What a journal says happened after a step had been recorded, read to its last whole line.
 *
 * @param valid the lines of the steps after it that no rewind has undone, in order
 * @param rewinds that were decided after it, in order
 * @param goneBack how the run was made to go back after it, undone or not, in order
 * @param undone whether one of them went back to before the step, so that a checkpoint of it is worth nothing any more
 * @param furthest the last step that was ever taken, undone or not
 * @param length of the journal's whole lines in bytes
 */
public record JournalTail(
        List<Line> valid,
        List<LeftOut.Rewind> rewinds,
        List<JournalLine.Taken> goneBack,
        boolean undone,
        long furthest,
        long length) {

    private static final int BUFFER_BYTES = 1 << 16;

    public JournalTail {
        valid = List.copyOf(valid);
        rewinds = List.copyOf(rewinds);
        goneBack = List.copyOf(goneBack);
    }

    /**
     * Where a line stands, and what computed its step.
     *
     * @param from its first byte
     * @param to the byte after its line feed
     * @param backend in words, if it is not the one of the checkpoint that the tail follows
     */
    public record Line(long from, long to, Optional<String> backend) {

        /** The line, without its line feed. */
        String text(FileChannel journal) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from - 1));
            while (bytes.hasRemaining() && journal.read(bytes, from + bytes.position()) >= 0) {
                // a read may be short
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Whether a step was computed by another backend than goes on now, so that it will come out differently.
     *
     * @param atStart the backend of the checkpoint that the tail follows
     * @param now the one that goes on
     */
    public boolean computedElsewhere(String atStart, String now) {
        return valid.stream().anyMatch(line -> !line.backend().orElse(atStart).equals(now));
    }

    /** Whether a run went back to before it had taken a checkpoint. */
    public static Predicate<Checkpoint> undoing(Path file) {
        return checkpoint -> after(checkpoint.position(), file).undone();
    }

    /**
     * Reads on from where a run stood.
     *
     * @throws DataException if the journal is shorter than that
     * @throws StorageException if it cannot be read
     */
    public static JournalTail after(RunPosition start, Path file) {
        return between(start, Long.MAX_VALUE, file);
    }

    /** The same, as if the journal had ended after so many bytes. */
    static JournalTail between(RunPosition start, long end, Path file) {
        long step = start.step();
        long position = start.progress().journalBytes();
        long length = 0;
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                length = Math.min(end, WholeLines.length(channel));
                if (length >= position) {
                    channel.position(position);
                    return read(
                            new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES),
                            step,
                            position,
                            length);
                }
            } catch (IOException e) {
                throw StorageException.of("read the journal", file, e);
            }
        }
        if (length < position) {
            throw new DataException(
                    "the journal has " + length + " bytes, and had " + position + " after step " + step,
                    file.toString(),
                    "Restore the journal, or begin a new run in another folder");
        }
        return new JournalTail(List.of(), List.of(), List.of(), false, step, length);
    }

    private static JournalTail read(InputStream in, long step, long position, long length) throws IOException {
        List<Line> valid = new ArrayList<>();
        List<LeftOut.Rewind> rewinds = new ArrayList<>();
        List<JournalLine.Taken> goneBack = new ArrayList<>();
        boolean undone = false;
        long furthest = step;
        Optional<String> backend = Optional.empty();
        for (long at = position; at < length; ) {
            byte[] line = readLine(in);
            String text = new String(line, StandardCharsets.UTF_8);
            Line place = new Line(at, at + line.length + 1, backend);
            Optional<Long> last = JournalLine.lastThatCounts(text);
            if (last.isPresent()) {
                long kept = last.get() - step;
                Optional<JournalLine.Move> move = JournalLine.move(text);
                Optional<JournalLine.Taken> taken = JournalLine.taken(text);
                undone |= kept < 0;
                valid.subList(Math.clamp(kept, 0, valid.size()), valid.size()).clear();
                // Where a run goes back to before a rewind had gone, its documents are judged anew; else it still
                // holds.
                taken.ifPresent(back -> rewinds.removeIf(rewound -> rewound.afterStep() > back.afterStep()));
                JournalLine.rewind(text).ifPresent(rewinds::add);
                taken.filter(JournalLine.Taken::back).ifPresent(goneBack::add);
                backend = move.isPresent() ? move.map(JournalLine.Move::to) : backend;
            } else {
                valid.add(place);
                furthest = Math.max(furthest, step + valid.size());
            }
            at = place.to();
        }
        return new JournalTail(valid, rewinds, goneBack, undone, furthest, length);
    }

    private static byte[] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            line.write(next);
        }
        return line.toByteArray();
    }
}
