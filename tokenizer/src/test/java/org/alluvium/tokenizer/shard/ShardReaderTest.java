package org.alluvium.tokenizer.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.Vocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardReaderTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("a.parquet");
    }

    @Test
    void rowsAndMetadataComeBackAsTheyWere() {
        List<ShardRow> rows = Rows.random(1000, 200, 1);
        write(rows, Rows.METADATA);
        try (ShardReader reader = ShardReader.open(file)) {
            assertThat(reader.metadata()).isEqualTo(Rows.METADATA);
            assertThat(reader.rows()).isEqualTo(1000);
            Rows.assertSame(Rows.read(reader), rows);
            assertThat(reader.position()).isEqualTo(1000);
            assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void aShardMayBeEmpty() {
        write(List.of(), Rows.METADATA);
        try (ShardReader reader = ShardReader.open(file)) {
            assertThat(reader.rows()).isZero();
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void extremeValuesComeBackAsTheyWere() {
        int[] ids = new int[300_000];
        Arrays.setAll(ids, i -> Integer.MAX_VALUE - i);
        List<ShardRow> rows = List.of(
                new ShardRow(
                        "",
                        "",
                        "\0",
                        Optional.of(""),
                        Long.MIN_VALUE,
                        OptionalLong.of(Long.MAX_VALUE),
                        Optional.of(""),
                        0f,
                        new ContentHash(Long.MIN_VALUE, -1),
                        Integer.MAX_VALUE,
                        ids,
                        Long.MAX_VALUE),
                new ShardRow(
                        "\uD83D\uDE00",
                        "s",
                        "o",
                        Optional.empty(),
                        Long.MAX_VALUE,
                        OptionalLong.empty(),
                        Optional.empty(),
                        1f,
                        new ContentHash(0, 0),
                        1,
                        new int[0],
                        0));
        write(rows, Rows.METADATA);
        try (ShardReader reader = ShardReader.open(file)) {
            Rows.assertSame(Rows.read(reader), rows);
        }
    }

    @Test
    void skippingAnyNumberOfRowsLeavesTheRest() {
        // More rows than one row group has.
        List<ShardRow> rows = Rows.random(70_000, 2, 5);
        write(rows, Rows.METADATA);
        for (int first : new int[] {0, 1, 66_000}) {
            for (int second : new int[] {0, 65_534, 65_600, 69_998}) {
                try (ShardReader reader = ShardReader.open(file)) {
                    reader.skip(first);
                    assertThat(reader.next().documentId()).isEqualTo("document-" + first);
                    long rest = Math.min(second, reader.rows() - reader.position());
                    reader.skip(rest);
                    assertThat(reader.position()).isEqualTo(first + 1 + rest);
                    if (reader.hasNext()) {
                        Rows.assertSame(List.of(reader.next()), List.of(rows.get((int) (first + 1 + rest))));
                    }
                }
            }
        }
    }

    @Test
    void skippingToTheEndIsAllowedAndBeyondIsNot() {
        write(Rows.random(10, 2, 5), Rows.METADATA);
        try (ShardReader reader = ShardReader.open(file)) {
            assertThatThrownBy(() -> reader.skip(11)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> reader.skip(-1)).isInstanceOf(IllegalArgumentException.class);
            reader.skip(10);
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void aShardOfAnotherVocabularyIsRefusedWithBothDigests() {
        write(Rows.random(1, 1, 1), Rows.METADATA);
        Vocabulary bundled = Vocabulary.bundled();
        try (ShardReader reader = ShardReader.open(file)) {
            assertThatThrownBy(() -> reader.requireTokenizer(bundled))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining(Rows.METADATA.tokenizerDigest())
                    .hasMessageContaining(bundled.digest())
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aShardOfALaterVersionIsRefused() {
        write(List.of(), new ShardMetadata(99, "t", "f", "9.9", true, true));
        assertThatThrownBy(() -> ShardReader.open(file))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("99");
    }

    @Test
    void whatIsNoShardIsRefusedByName() throws IOException {
        assertThatThrownBy(() -> ShardReader.open(file))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(file.toString());
        for (String content : new String[] {"", "PAR1", "PAR1PAR1", "hello, this is not Parquet at all"}) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> ShardReader.open(file))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    private void write(List<ShardRow> rows, ShardMetadata metadata) {
        try (ShardWriter writer = ShardWriter.open(file, metadata)) {
            rows.forEach(writer::write);
            writer.finish("a");
        }
    }
}
