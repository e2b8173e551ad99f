package org.alluvium.ingest.stored;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** Reads what {@link RecordOutput} wrote, and other files of records, and refuses those that are not whole. */
public final class StoredFile {

    private StoredFile() {}

    /** Reads the records of an open file. */
    @FunctionalInterface
    public interface Body {

        /**
         * Reads to the end.
         *
         * @return how many records there were
         */
        long read(InputStream in) throws IOException;
    }

    /** Takes records one by one. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Takes one record.
         *
         * @param number of the record in its file, counted from 1
         */
        void visit(long number, GenericRecord row) throws IOException;
    }

    /**
     * Reads a file.
     *
     * @param what its records are called, for messages
     * @param records how many the log says there are
     * @throws StorageException if the file cannot be read
     * @throws DataException if the body finds it malformed, or other than so many records
     */
    public static void read(Path file, String what, long records, Body body) {
        try (InputStream in = Files.newInputStream(file)) {
            long found = body.read(in);
            if (found != records) {
                // Avro takes a file that is cut short for one that ends there.
                throw new IOException("it has " + found + " " + what + ", the log says " + records);
            }
        } catch (FileSystemException unreadable) {
            throw StorageException.of("read the " + what, file, unreadable);
        } catch (IOException | AvroRuntimeException malformed) {
            throw new DataException(
                    "not a whole file of " + what + " that this version can read (" + malformed.getMessage() + ")",
                    file.toString(),
                    "Check the corpus with 'alluvium corpus verify', and restore the file from a copy",
                    malformed);
        }
    }

    /**
     * Shows every record of an Avro object container file to a visitor, in order, holding one block of them in memory.
     *
     * @param schema to which Avro resolves the one that the file was written by
     * @return how many there were
     */
    public static long readAvro(InputStream in, Schema schema, Visitor visitor) throws IOException {
        try (DataFileStream<GenericRecord> rows = new DataFileStream<>(in, new GenericDatumReader<>(null, schema))) {
            long number = 0;
            for (GenericRecord row : rows) {
                visitor.visit(++number, row);
            }
            return number;
        }
    }

    /** A schema that is part of the build, beside the class that owns it. */
    public static Schema schema(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is missing from the build", e);
        }
    }
}
