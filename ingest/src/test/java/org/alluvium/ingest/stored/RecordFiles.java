package org.alluvium.ingest.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every kind of file of records; its test says how it is written and read. */
public interface RecordFiles<T> {

    /** Begins a file. */
    RecordSink<T> begin(OutputStream out, String name) throws IOException;

    /** Reads a file of which the log says that it has so many records. */
    List<T> read(Path file, int records);

    /** Two different records. */
    List<T> two();

    /** A whole file. */
    default byte[] file(String name, List<T> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordSink<T> out = begin(bytes, name)) {
            for (T row : records) {
                out.write(row);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    default void theSameRecordsUnderTheSameNameAreTheSameBytes() throws IOException {
        assertThat(file("a.avro", two())).isEqualTo(file("a.avro", two())).isNotEqualTo(file("b.avro", two()));
    }

    @Test
    default void aFileThatIsCutShortOrNotOneIsDamagedData(@TempDir Path folder) throws IOException {
        byte[] whole = file("a.avro", two());
        Path file = folder.resolve("a.avro");
        for (int length : new int[] {0, 3, 100, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(file, 2))
                    .as("the first %d bytes", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("a.avro");
        }
    }

    @Test
    default void aFileThatIsNotThereIsAStorageError(@TempDir Path folder) {
        assertThatThrownBy(() -> read(folder.resolve("a.avro"), 1)).isInstanceOf(StorageException.class);
    }
}
