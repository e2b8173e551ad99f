package org.alluvium.trainer.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.trainer.data.TakenDocuments;
import org.alluvium.trainer.guard.LeftOut;

/**
 * Which documents each step learned from: the record that makes "exactly once" a fact that can be looked up. One JSON object
 * a line, one line a step, in order and without gaps:
 *
 * <pre>
 * {"step": 17, "window": 0, "documents": [{"id": "…", "row": [21, 0, 407], "from": 0, "tokens": 231, "lossBits": "4093…"}, …],
 *  "tokens": 2048,
 *  "loss": 5.25, "lossBits": "4015000000000000", "learningRate": 0.00034, "gradNorm": 1.5, "gradNormBits": "3ff8000000000000"}
 * </pre>
 *
 * <p>{@code documents} lists, in packed order, what the step took of which document: {@code tokens} input tokens from token
 * {@code from} on, with {@code row}, the log entry, shard and row where it stands, and {@code lossBits}, what the model lost on them: the sum of the cross entropies of their targets in nats,
 * before the update. Lines of older releases do not have these two, and agree with a step that has. One that was read before and is
 * replayed has {@code "replay": true} before it; without these, every document is there once. {@code lossBits} and {@code
 * gradNormBits} are the hexadecimal bits of the doubles. A step that was not learned from, because it was a spike, says why in
 * a last field {@code "skipped"}.
 *
 * <p>Where the run went back, a line says so. Lines of steps after {@code afterStep} that stand before it are void: those
 * steps are taken again, without the documents.
 *
 * <pre>
 * {"rewind": {"decidedAt": 412, "afterStep": 409, "reason": "…", "documents": [
 *   {"source": "…", "origin": "…", "id": "…", "contentHash": "…", "firstStep": 410, "lossPerToken": 11.9}, …]}}
 * </pre>
 *
 * <p>Where another backend went on, after a kill and from a checkpoint, a line says so. Lines of steps after {@code afterStep}
 * that stand before it are void here, too, since its numbers differ in their last bits.
 *
 * <pre>
 * {"moved": {"afterStep": 400, "to": "tornado (FP32, …)"}}
 * </pre>
 *
 * <p>Where documents were taken down that steps may have learned from, a line says after which step the run goes on without
 * them. Lines of later steps that stand before it are void. {@code through} is the newest takedown of the log that holds then.
 *
 * <pre>
 * {"takedown": {"afterStep": 409, "through": 57}}
 * </pre>
 *
 * <p>It has {@code "back": true} beside if somebody wanted the run to go back to that step.
 *
 * <p>A run that was killed goes on from a checkpoint, usually behind the last line. The steps in between are taken again and
 * must say what they said: {@link #record} compares instead of appending, and refuses to go on at the first difference. Void
 * lines are passed over. A torn last line, as a kill in the middle of a write leaves it, is cut off. Used by one thread.
 */
public final class Journal implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final Queue<JournalTail.Line> recorded;
    private final long furthest;
    private final TakenDocuments taken;
    private long length;
    private long position;
    private long step;

    private Journal(Path file, FileChannel channel, long step, long position, JournalTail tail, TakenDocuments taken) {
        this.taken = taken;
        this.file = file;
        this.channel = channel;
        this.recorded = new ArrayDeque<>(tail.valid());
        this.furthest = tail.furthest();
        this.length = tail.length();
        this.position = position;
        this.step = step;
    }

    /**
     * Opens the journal of a run, creating it if it is new.
     *
     * @param step the step after which the run goes on
     * @param position length of the journal in bytes when that step had been recorded
     * @param tail what follows there
     * @param taken what this process passes over, as steps that were recorded before did not
     * @throws StorageException if it cannot be read or written
     */
    public static Journal open(Path file, long step, long position, JournalTail tail, TakenDocuments taken) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel.truncate(tail.length());
            return new Journal(file, channel, step, position, tail, taken);
        } catch (IOException e) {
            throw StorageException.of("open the journal", file, e);
        }
    }

    /** Length in bytes up to and with the last step that was recorded. */
    public long position() {
        return position;
    }

    /** Whether the next step has a number that was taken before, undone or not. */
    public boolean takenBefore() {
        return step < furthest;
    }

    /**
     * Appends the line of the next step or, if the journal has it already, checks that nothing about the step has changed. If
     * nothing has but that a document is passed over now, a line says so durably, and nothing is appended: what else was
     * decided in steps that are void now does not count either, and only who begins at a checkpoint knows what does.
     *
     * @return false if the run has to go on from a checkpoint for that
     * @throws DataException naming the step and what is different
     */
    public boolean record(JournalLine line) {
        if (line.step() != step + 1) {
            throw new IllegalArgumentException("step " + line.step() + " after step " + step);
        }
        List<TakenDocuments.Passed> passed = taken.passedIn(line.step());
        try {
            JournalTail.Line before = recorded.poll();
            if (before == null) {
                append(line.text());
                position = length;
            } else if (isAsRecorded(before, line, passed)) {
                position = before.to();
            } else {
                recordTakedown(taken.takedowns().newestTakedown());
                return false;
            }
            step++;
            return true;
        } catch (IOException e) {
            throw StorageException.of("write the journal", file, e);
        }
    }

    /**
     * Notes that another backend takes the steps from here on: what was recorded of them before is void.
     *
     * @param backend in words
     */
    public void moveTo(String backend) {
        try {
            append(JournalLine.moved(step, backend));
        } catch (IOException e) {
            throw StorageException.of("write the journal", file, e);
        }
        recorded.clear();
        force();
    }

    /**
     * Makes it durable that from here on the run goes on without what is taken down. What was recorded of later steps is void.
     *
     * @param through sequence of the newest takedown that holds
     */
    public void recordTakedown(long through) {
        record(new JournalLine.Taken(step, through, false));
    }

    /** The same, where somebody wants the run to go back to this step. */
    public void recordGoingBack(long through) {
        record(new JournalLine.Taken(step, through, true));
    }

    private void record(JournalLine.Taken line) {
        try {
            append(JournalLine.text(line));
            position = length;
        } catch (IOException e) {
            throw StorageException.of("write the journal", file, e);
        }
        recorded.clear();
        force();
    }

    /**
     * Makes it durable that the run goes back. Whatever happens from now on, it goes on from there.
     *
     * @throws DataException if it went on instead when it was here before
     */
    public void record(LeftOut.Rewind rewind) {
        if (!recorded.isEmpty()) {
            throw different(
                    position, "step " + step + " leads back to step " + rewind.afterStep() + ", and did not before");
        }
        try {
            append(JournalLine.text(rewind));
        } catch (IOException e) {
            throw StorageException.of("write the journal", file, e);
        }
        force();
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

    private void append(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            length += channel.write(bytes, length);
        }
    }

    /** False if the step comes out differently since it had learned from a document that is taken down now. */
    private boolean isAsRecorded(JournalTail.Line before, JournalLine line, List<TakenDocuments.Passed> passed)
            throws IOException {
        JournalLine recordedLine = new JournalLine(line.step(), before.text(channel));
        return switch (Recurrence.of(recordedLine, line, passed)) {
            case SAME -> true;
            case PASSING_OVER -> false;
            case DIFFERENT ->
                throw different(
                        before.from(),
                        "step " + line.step() + " was taken again and came out differently: "
                                + String.join("; ", recordedLine.differences(line)));
        };
    }

    private DataException different(long at, String what) {
        return new DataException(
                what,
                file + ", byte " + at,
                "If configuration, corpus, release or device were changed, undo that; to accept the new course, cut"
                        + " the journal at this byte");
    }
}
