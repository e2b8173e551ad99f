package org.alluvium.tokenizer.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardDamageTest {

    /** Every so many bytes; {@code -Ddamage.step=1} takes them all. */
    private static final int STEP = Integer.getInteger("damage.step", 41);

    private final List<ShardRow> rows = Rows.random(60, 40, 11);

    @TempDir
    private Path folder;

    private Path file;
    private ShardFile facts;
    private byte[] whole;

    @BeforeEach
    void writeOne() throws IOException {
        file = folder.resolve("a.parquet");
        try (ShardWriter writer = ShardWriter.open(file, Rows.METADATA)) {
            rows.forEach(writer::write);
            facts = writer.finish("shards/a.parquet");
        }
        whole = Files.readAllBytes(file);
    }

    @Test
    void anyChangedByteIsFoundByTheDigest() throws IOException {
        for (int at = 0; at < whole.length; at += STEP) {
            Files.write(file, changed(at, 0x10));
            assertThatThrownBy(() -> ShardVerifier.verify(file, facts))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(facts.sha256());
        }
    }

    @Test
    void withoutTheDigestAChangedByteIsRowsOrAnErrorThatNamesTheFile() throws IOException {
        Random random = new Random(13);
        for (int at = 0; at < whole.length; at += STEP) {
            Files.write(file, changed(at, 1 + random.nextInt(255)));
            assertReadableOrRefused();
        }
    }

    @Test
    void aChangedByteInAPageIsFoundByItsChecksum() throws IOException {
        // The ids are the bulk of this file: a byte in the middle of it is one of theirs.
        Files.write(file, changed(whole.length / 3, 0x10));
        assertThatThrownBy(() -> {
                    try (ShardReader reader = ShardReader.open(file)) {
                        Rows.read(reader);
                    }
                })
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("at byte");
    }

    @Test
    void aFileCutShortIsRefused() throws IOException {
        for (int length = 0; length < whole.length; length += STEP) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ShardReader.open(file)).isInstanceOf(DataException.class);
            assertThatThrownBy(() -> ShardVerifier.verify(file, facts))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(length + ", the log says " + whole.length);
        }
    }

    @Test
    void aShardThatIsNotWhatTheLogSaysIsRefused() {
        ShardVerifier.verify(file, facts);
        ShardFile otherRows = new ShardFile(
                facts.path(),
                61,
                facts.tokens(),
                facts.bytes(),
                facts.sha256(),
                facts.rowsPerSource(),
                facts.minEventTimeMillis(),
                facts.maxEventTimeMillis());
        assertThatThrownBy(() -> ShardVerifier.verify(file, otherRows))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rows: the file has 60, the log says 61");
        ShardFile otherSources = new ShardFile(
                facts.path(),
                60,
                facts.tokens(),
                facts.bytes(),
                facts.sha256(),
                Map.of("x", 60L),
                facts.minEventTimeMillis(),
                facts.maxEventTimeMillis());
        assertThatThrownBy(() -> ShardVerifier.verify(file, otherSources)).isInstanceOf(DataException.class);
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        Files.delete(file);
        assertThatThrownBy(() -> ShardVerifier.verify(file, facts))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(file.toString());
    }

    /** Anything but rows and our own errors, such as running out of memory, fails the test. */
    private void assertReadableOrRefused() {
        try (ShardReader reader = ShardReader.open(file)) {
            assertThat(Rows.read(reader)).hasSize((int) reader.rows());
        } catch (AlluviumException e) {
            assertThat(e).hasMessageContaining(file.toString());
        }
    }

    private byte[] changed(int at, int mask) {
        byte[] bytes = whole.clone();
        bytes[at] ^= (byte) mask;
        return bytes;
    }
}
