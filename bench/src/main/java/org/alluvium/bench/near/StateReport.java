package org.alluvium.bench.near;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * State and checkpoints of what the job remembers: of so many documents, none like another, in RocksDB with a time to live; a
 * checkpoint of all of them, and one after one in a hundred more. RocksDB has its own default memory, as a task with enough of
 * it.
 *
 * <pre>
 *   bench/run.sh near.StateReport FOLDER DOCUMENTS
 * </pre>
 */
public final class StateReport {

    private static final int SHARE_OF_SECOND = 100;

    private StateReport() {}

    /**
     * What was measured of one memory.
     *
     * @param documents taken in before the first checkpoint
     * @param intakeNanos that took
     * @param first bytes of the first checkpoint
     * @param firstNanos it took
     * @param second bytes that a checkpoint wrote after a hundredth more documents
     * @param secondNanos it took
     */
    record Measured(long documents, long intakeNanos, long first, long firstNanos, long second, long secondNanos) {

        double bytesPerDocument() {
            return (double) first / documents;
        }

        /** Bytes of the second checkpoint for each document that was new. */
        double bytesPerNewDocument() {
            return (double) second * SHARE_OF_SECOND / documents;
        }
    }

    /** Prints a line for each memory. */
    public static void main(String[] args) throws Exception {
        long documents = Long.parseLong(args[1]);
        for (Memory memory : Memory.values()) {
            Measured measured = measure(memory, Path.of(args[0]), documents);
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %,d documents in %.1f s; checkpoint %,d bytes, %.1f a document, in %.0f ms;"
                            + " %,d more: %,d bytes, %.1f a document, in %.0f ms%n",
                    memory.title(),
                    measured.documents(),
                    measured.intakeNanos() / 1e9,
                    measured.first(),
                    measured.bytesPerDocument(),
                    measured.firstNanos() / 1e6,
                    documents / SHARE_OF_SECOND,
                    measured.second(),
                    measured.bytesPerNewDocument(),
                    measured.secondNanos() / 1e6);
        }
    }

    /** Sends documents to a memory that lies in a new folder below the given one. */
    static Measured measure(Memory memory, Path folder, long documents) throws Exception {
        Intake intake = memory.intake();
        try {
            intake.open(Files.createDirectories(folder.resolve(memory.name())));
            long begun = System.nanoTime();
            intake.send(documents);
            long sent = System.nanoTime();
            long first = intake.checkpoint(1);
            long written = System.nanoTime();
            intake.send(documents / SHARE_OF_SECOND);
            long sentMore = System.nanoTime();
            long second = intake.checkpoint(2);
            return new Measured(documents, sent - begun, first, written - sent, second, System.nanoTime() - sentMore);
        } finally {
            intake.close();
        }
    }
}
