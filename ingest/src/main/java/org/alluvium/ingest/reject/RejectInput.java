package org.alluvium.ingest.reject;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.ingest.stored.StoredFile;

/** Reads files of {@link RejectOutput}, by any schema that Avro can resolve to ours. */
public final class RejectInput {

    private RejectInput() {}

    /**
     * Gives every reject of a file to a consumer, in order, holding one block of them in memory.
     *
     * @param records how many the log says there are
     * @throws StorageException if the file cannot be read
     * @throws DataException if it is not a file of rejects, or of another number, or damaged
     */
    public static void read(Path file, long records, Consumer<Reject> consumer) {
        StoredFile.read(
                file,
                "rejects",
                records,
                in -> StoredFile.readAvro(
                        in, RejectAvro.SCHEMA, (number, row) -> consumer.accept(RejectAvro.fromRecord(row))));
    }
}
