package org.alluvium.dashboard.lineage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.dashboard.lineage.LineReader.Line;

/**
 * Where the steps of a journal stand, and which documents they may name, so that a question reads a few of its blocks rather
 * than all. It is read once, and then what is appended. Thread-safe.
 *
 * <p>A block begins at a line of a step and has about {@value #BLOCK_BYTES} bytes. Where a line makes steps void, blocks that
 * begin after the last step that counts are forgotten, and the next line of a step begins a block. So the steps at which blocks
 * begin ascend; and in a block the steps that count are those before the first of the next block, whatever else stands there.
 */
final class JournalIndex {

    private static final int BLOCK_BYTES = 1 << 18;

    /** For the filters of about 25 million documents; what comes later in a journal is read through. */
    private static final long MOST_FILTER_BYTES = 32L << 20;

    private final Path journal;

    // Guarded by this object's monitor.
    private final List<Block> blocks = new ArrayList<>();
    private long read;
    private long filterBytes;
    private long[] hashes = new long[1 << 12];
    private int hashed; // of the last block, while it grows
    private boolean growing;
    private OptionalLong lastThatCounts = OptionalLong.empty(); // until the next step begins a block

    JournalIndex(Path journal) {
        this.journal = journal;
    }

    private record Block(long step, long offset, DocumentFilter documents) {}

    /** What is done with the line of a step. */
    @FunctionalInterface
    interface StepVisitor {

        /** Looks at it, and says whether to go on. */
        boolean visit(Line line) throws IOException;
    }

    /** Visits the lines of steps that count, in their order. */
    synchronized void steps(long from, long to, StepVisitor visitor) {
        visit(from, to, filter -> true, visitor);
    }

    /** Visits the lines of steps that count and name a document, in their order. */
    synchronized void naming(String id, StepVisitor visitor) {
        byte[] named = JournalLines.named(id);
        long hash = JournalLines.hash(named);
        visit(
                1,
                Long.MAX_VALUE,
                filter -> filter.mayHave(hash),
                line -> !JournalLines.contains(line, named) || visitor.visit(line));
    }

    private void visit(long from, long to, Predicate<DocumentFilter> worthReading, StepVisitor visitor) {
        try {
            readOn();
            boolean goOn = true;
            for (int i = Math.max(0, blockOf(from));
                    goOn && i < blocks.size() && blocks.get(i).step() <= to;
                    i++) {
                if (worthReading.test(blocks.get(i).documents())) {
                    goOn = visit(blocks.get(i), from, Math.min(to, lastOf(i)), visitor);
                }
            }
        } catch (IOException e) {
            throw StorageException.of("read the journal", journal, e);
        }
    }

    /** Visits those of a block, and says whether to go on. */
    private boolean visit(Block block, long from, long to, StepVisitor visitor) throws IOException {
        boolean[] goOn = {true};
        LineReader.read(journal, block.offset(), (line, offset) -> {
            long step = JournalLines.step(line);
            if (step >= from && step <= to) {
                goOn[0] = visitor.visit(line);
            }
            return goOn[0] && step < to;
        });
        return goOn[0];
    }

    /** The last block that begins at a step or before it; -1 if all begin later. */
    private int blockOf(long step) {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).step() <= step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** The last step of a block that counts. */
    private long lastOf(int block) {
        return block + 1 < blocks.size() ? blocks.get(block + 1).step() - 1 : lastThatCounts.orElse(Long.MAX_VALUE);
    }

    private void readOn() throws IOException {
        long length = Files.exists(journal) ? Files.size(journal) : 0;
        if (length < read) {
            blocks.clear(); // it is another journal
            read = 0;
            filterBytes = 0;
            growing = false;
            lastThatCounts = OptionalLong.empty();
        }
        if (length > read) {
            read = LineReader.read(journal, read, this::add);
        }
    }

    private boolean add(Line line, long offset) throws IOException {
        long step = JournalLines.step(line);
        if (step > 0) {
            if (blocks.isEmpty()
                    || lastThatCounts.isPresent()
                    || offset - blocks.getLast().offset() >= BLOCK_BYTES) {
                finishLast();
                blocks.add(new Block(step, offset, DocumentFilter.ANY));
                growing = true;
                lastThatCounts = OptionalLong.empty();
            }
            JournalLines.hashes(line, this::remember);
        } else {
            JournalLines.lastThatCounts(line).ifPresent(this::forgetAfter);
        }
        return true;
    }

    private void remember(long hash) {
        if (hashed == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * hashed);
        }
        hashes[hashed++] = hash;
    }

    /** The last block grows no more. */
    private void finishLast() {
        if (growing && filterBytes < MOST_FILTER_BYTES) {
            Block last = blocks.removeLast();
            DocumentFilter documents = DocumentFilter.of(hashes, hashed);
            filterBytes += documents.bytes();
            blocks.add(new Block(last.step(), last.offset(), documents));
        }
        growing = false;
        hashed = 0;
    }

    private void forgetAfter(long step) {
        finishLast();
        while (!blocks.isEmpty() && blocks.getLast().step() > step) {
            filterBytes -= blocks.removeLast().documents().bytes();
        }
        lastThatCounts = OptionalLong.of(step);
    }
}
