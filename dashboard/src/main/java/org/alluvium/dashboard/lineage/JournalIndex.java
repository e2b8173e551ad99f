package org.alluvium.dashboard.lineage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.dashboard.index.HashIndex;
import org.alluvium.dashboard.index.HashIndex.Saved;
import org.alluvium.dashboard.index.Mark;
import org.alluvium.dashboard.index.NameHash;
import org.alluvium.dashboard.lineage.LineReader.Line;

/**
 * Where the steps of a journal stand, and which lines name a document, in the folder {@value #FOLDER} beside the journal, so that a
 * question reads the lines that answer it. What was appended is read at each question. Thread-safe, and for several processes.
 */
final class JournalIndex {

    static final String FOLDER = "index";

    private static final int SAVE_AT = 1 << 20;
    private static final long SAVE_BYTES = 8L << 20;
    private static final int ENDS = 4096;

    private final Path journal;
    private final long saveBytes;

    // Guarded by this object's monitor.
    private final HashIndex index;
    private Undone undone = new Undone(new long[0]);

    JournalIndex(Path journal) {
        this(journal, SAVE_BYTES);
    }

    /** @param saveBytes what is worth saving, of a journal that was read at once */
    JournalIndex(Path journal, long saveBytes) {
        this.journal = journal;
        this.saveBytes = saveBytes;
        index = new HashIndex(journal.resolveSibling(FOLDER));
    }

    /** What is done with the line of a step. */
    @FunctionalInterface
    interface StepVisitor {

        /** Looks at it, and says whether to go on. */
        boolean visit(Line line) throws IOException;
    }

    /** Visits the lines of steps that count, in their order. */
    synchronized void steps(long from, long to, StepVisitor visitor) {
        try {
            readOn();
            Optional<Long> begin = begin(from);
            if (begin.isPresent()) {
                LineReader.read(journal, begin.get(), (line, offset) -> {
                    long step = JournalLines.step(line);
                    boolean counts = step > 0 && !undone.has(offset, step);
                    return !counts || step < from || (step <= to && visitor.visit(line) && step < to);
                });
            }
        } catch (IOException e) {
            throw StorageException.of("read the journal", journal, e);
        }
    }

    /** Visits the lines of steps that count and name a document, in their order. */
    synchronized void naming(String id, StepVisitor visitor) {
        byte[] named = JournalLines.named(id);
        try {
            readOn();
            boolean[] goOn = {true};
            for (long at : lines(JournalLines.hash(named))) {
                LineReader.read(journal, at, (line, offset) -> {
                    long step = JournalLines.step(line);
                    if (step > 0 && !undone.has(offset, step) && JournalLines.contains(line, named)) {
                        goOn[0] = visitor.visit(line);
                    }
                    return false;
                });
                if (!goOn[0]) {
                    return;
                }
            }
        } catch (IOException e) {
            throw StorageException.of("read the journal", journal, e);
        }
    }

    /** Where the first step stands that counts and is not before another; empty if all are. */
    private Optional<Long> begin(long from) throws IOException {
        List<Long> found = new ArrayList<>();
        for (long at : lines(NameHash.of(from))) {
            LineReader.read(journal, at, (line, offset) -> {
                if (JournalLines.step(line) == from && !undone.has(offset, from)) {
                    found.add(offset);
                }
                return false;
            });
        }
        if (found.isEmpty() && index.mark().next() > 0 && index.mark().values() >= from) {
            return Optional.of(0L); // the journal begins later, or in the midst of it steps were lost
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
    }

    private long[] lines(long hash) {
        LongStream.Builder found = LongStream.builder();
        index.find(hash, found);
        return found.build().distinct().sorted().toArray();
    }

    private void readOn() throws IOException {
        boolean read = false;
        while (!read) {
            long length = Files.exists(journal) ? Files.size(journal) : 0;
            if (length < index.mark().next()
                    || !fingerprint(index.mark().next()).equals(index.mark().of())) {
                index.clear(); // it is another journal
            }
            long begin = index.mark().next();
            boolean[] overtaken = {false};
            if (length > begin) {
                LineReader.read(journal, begin, (line, offset) -> {
                    add(line, offset);
                    overtaken[0] = index.unsaved() >= SAVE_AT && save() == Saved.OVERTAKEN;
                    return !overtaken[0];
                });
                overtaken[0] |= index.mark().next() - begin >= saveBytes && save() == Saved.OVERTAKEN;
            }
            read = !overtaken[0];
        }
        reachHere();
        undone = new Undone(index.notes());
    }

    private Saved save() throws IOException {
        reachHere();
        return index.save();
    }

    private void reachHere() throws IOException {
        Mark mark = index.mark();
        index.reach(new Mark(mark.next(), mark.values(), mark.through(), fingerprint(mark.next())));
    }

    private void add(Line line, long offset) throws IOException {
        long step = JournalLines.step(line);
        if (step > 0) {
            index.add(NameHash.of(step), offset);
            JournalLines.hashes(line, hash -> index.add(hash, offset));
        } else {
            JournalLines.lastThatCounts(line).ifPresent(last -> index.note(offset, last));
        }
        long next = offset + line.to() - line.from() + 1;
        index.reach(new Mark(next, Math.max(index.mark().values(), step), -1, ""));
    }

    /** What the journal's first bytes and those before a place hash to: another journal has others. */
    private String fingerprint(long next) throws IOException {
        if (next == 0) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
            int length = (int) Math.min(ENDS, next);
            return Long.toHexString(hash(channel, 0, length)) + Long.toHexString(hash(channel, next - length, length));
        }
    }

    private static long hash(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // a read may be short
        }
        return NameHash.of(bytes.array(), 0, bytes.position());
    }
}
