package org.alluvium.tokenizer.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardWriterTest {

    @TempDir
    private Path folder;

    @Test
    void theFactsAreThoseOfTheRowsAndTheFile() throws IOException {
        List<ShardRow> rows = Rows.random(100, 50, 1);
        Path file = folder.resolve("a.parquet");
        ShardFile facts = write(file, rows);
        assertThat(facts.path()).isEqualTo("shards/a.parquet");
        assertThat(facts.rows()).isEqualTo(100);
        assertThat(facts.tokens())
                .isEqualTo(rows.stream().mapToLong(ShardRow::tokenCount).sum());
        assertThat(facts.bytes()).isEqualTo(Files.size(file));
        assertThat(facts.sha256()).isEqualTo(Sha256.of(file));
        assertThat(facts.rowsPerSource()).isEqualTo(Map.of("source-0", 34L, "source-1", 33L, "source-2", 33L));
        assertThat(facts.minEventTimeMillis())
                .isEqualTo(
                        rows.stream().mapToLong(ShardRow::eventTimeMillis).min().orElseThrow());
        assertThat(facts.maxEventTimeMillis())
                .isEqualTo(
                        rows.stream().mapToLong(ShardRow::eventTimeMillis).max().orElseThrow());
    }

    @Test
    void theSameRowsAreTheSameBytesInAFileAndInAStream() throws IOException {
        List<ShardRow> rows = Rows.random(500, 300, 2);
        Path file = folder.resolve("a.parquet");
        ShardFile first = write(file, rows);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (ShardWriter writer = ShardWriter.open(stream, "stream", Rows.METADATA)) {
            rows.forEach(writer::write);
            assertThat(writer.finish("shards/a.parquet")).isEqualTo(first);
        }
        assertThat(stream.toByteArray()).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void progressIsCounted() {
        List<ShardRow> rows = Rows.random(10, 50, 3);
        try (ShardWriter writer = ShardWriter.open(folder.resolve("a.parquet"), Rows.METADATA)) {
            assertThat(writer.rows()).isZero();
            rows.forEach(writer::write);
            assertThat(writer.rows()).isEqualTo(10);
            assertThat(writer.tokens())
                    .isEqualTo(rows.stream().mapToLong(ShardRow::tokenCount).sum());
            assertThat(writer.bytes()).isPositive();
        }
    }

    @Test
    void anUnfinishedShardCannotBeRead() {
        Path file = folder.resolve("a.parquet");
        try (ShardWriter writer = ShardWriter.open(file, Rows.METADATA)) {
            Rows.random(10, 50, 3).forEach(writer::write);
        }
        assertThatThrownBy(() -> ShardReader.open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFinishedWriterTakesNothingMore() {
        ShardWriter writer = ShardWriter.open(new ByteArrayOutputStream(), "stream", Rows.METADATA);
        writer.finish("a");
        assertThatThrownBy(() -> writer.finish("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Rows.random(1, 1, 1).forEach(writer::write)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExistingFileIsNeverOverwritten() {
        Path file = folder.resolve("a.parquet");
        ShardFile facts = write(file, Rows.random(10, 10, 1));
        assertThatThrownBy(() -> ShardWriter.open(file, Rows.METADATA))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
        ShardVerifier.verify(file, facts);
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("none/a.parquet");
        assertThatThrownBy(() -> ShardWriter.open(file, Rows.METADATA))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFullDiskIsOneErrorAndClosingIsQuiet() {
        for (int space : new int[] {0, 3, 1000, 20_000}) {
            ShardWriter writer;
            try {
                writer = ShardWriter.open(new FullDisk(space), "full", Rows.METADATA);
            } catch (StorageException e) {
                assertThat(e).hasMessageStartingWith("full").hasMessageContaining("No space left");
                continue;
            }
            assertThatThrownBy(() -> {
                        Rows.random(2000, 20, 4).forEach(writer::write);
                        writer.finish("a");
                    })
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("full")
                    .hasMessageContaining("No space left");
            writer.close();
        }
    }

    @Test
    void rowsThatNoReaderCouldTrustAreRefused() {
        try (ShardWriter writer = ShardWriter.open(new ByteArrayOutputStream(), "stream", Rows.METADATA)) {
            assertThatThrownBy(() -> writer.write(row(0, 1))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.write(row(1, -1))).isInstanceOf(IllegalArgumentException.class);
            assertThat(writer.rows()).isZero();
        }
    }

    private static ShardRow row(int repeat, int id) {
        ContentHash hash = new ContentHash(1, 2);
        return new ShardRow(
                "d",
                "s",
                "o",
                Optional.empty(),
                0,
                OptionalLong.empty(),
                Optional.empty(),
                1,
                hash,
                repeat,
                new int[] {id},
                1);
    }

    private static ShardFile write(Path file, List<ShardRow> rows) {
        try (ShardWriter writer = ShardWriter.open(file, Rows.METADATA)) {
            rows.forEach(writer::write);
            return writer.finish("shards/" + file.getFileName());
        }
    }

    private static final class FullDisk extends OutputStream {

        private int space;

        FullDisk(int space) {
            this.space = space;
        }

        @Override
        public void write(int b) throws IOException {
            if (space-- <= 0) {
                throw new IOException("No space left on device");
            }
        }
    }
}
