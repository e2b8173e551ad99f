package org.alluvium.ingest.deadletter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.stored.StoredFile;

/**
 * Reads files of dead letters: those of {@link DeadLetterOutput}, by any schema that Avro can resolve to ours, and, where
 * the name does not end like theirs, gzipped lines of {@link DeadLetterJson} version 1.
 */
public final class DeadLetterInput {

    private DeadLetterInput() {}

    /** Takes letters one by one. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Takes one letter.
         *
         * @param number of the letter in its file, counted from 1
         */
        void visit(long number, DeadLetter letter);
    }

    /**
     * Shows every letter of a file to a visitor, in order, holding one block of them in memory.
     *
     * @param records how many the log says there are
     * @param published when the log named the file; stands for the time of records where the file does not keep that
     * @throws StorageException if the file cannot be read
     * @throws DataException if it is not a file of dead letters, or of another number, or damaged
     */
    public static void read(Path file, long records, Instant published, Visitor visitor) {
        StoredFile.read(
                file,
                "dead letters",
                records,
                in -> file.toString().endsWith(DeadLetterOutput.SUFFIX)
                        ? readAvro(in, visitor)
                        : readLines(in, published.toEpochMilli(), visitor));
    }

    private static long readAvro(InputStream in, Visitor visitor) throws IOException {
        return StoredFile.readAvro(
                in, DeadLetterAvro.SCHEMA, (number, row) -> visitor.visit(number, DeadLetterAvro.fromRecord(row)));
    }

    private static long readLines(InputStream in, long timeMillis, Visitor visitor) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            visitor.visit(++number, DeadLetterJson.decodeVersion1(line.getBytes(StandardCharsets.UTF_8), timeMillis));
        }
        return number;
    }
}
