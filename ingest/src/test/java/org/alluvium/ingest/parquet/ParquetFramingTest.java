package org.alluvium.ingest.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.ingest.frame.DamagedContentException;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.RecordScanner;
import org.alluvium.ingest.frame.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what DuckDB writes. */
class ParquetFramingTest {

    private static final long MAX_BYTES = 1000;
    private static final Framing.Range EVERYTHING = new Framing.Range(0, Long.MAX_VALUE);

    /** DuckDB closes a row group once it holds this many rows, and no fewer. */
    private static final int GROUP_ROWS = 2048;

    @TempDir
    Path folder;

    private Path parquet(String query, String options) {
        Path file = folder.resolve("a.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet" + options + ")");
            return file;
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static List<String> all(Path file) throws IOException {
        return read(file, EVERYTHING, 0, Integer.MAX_VALUE);
    }

    /** Every record with the row at which it stands. */
    private static List<String> read(Path file, Framing.Range range, long from, int most) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
            RecordScanner scanner = new ParquetFraming().scan(channel, range, from, MAX_BYTES);
            List<String> found = new ArrayList<>();
            long position = from;
            Scan scan = scanner.next();
            while (!(scan instanceof Scan.End) && found.size() < most) {
                if (scan instanceof Scan.Frame frame) {
                    found.add(position + frame.lead() + " " + new String(frame.bytes(), UTF_8));
                    position += frame.consumed();
                } else if (scan instanceof Scan.TooLong tooLong) {
                    found.add(position + tooLong.lead() + " too long: " + tooLong.length());
                    position += tooLong.consumed();
                } else if (scan instanceof Scan.Damaged damaged) {
                    found.add(position + damaged.lead() + " damaged, to " + (position + damaged.consumed()));
                    position += damaged.consumed();
                }
                scan = scanner.next();
            }
            return found;
        }
    }

    @Test
    void valuesAreJson() throws IOException {
        Path file = parquet("""
                SELECT 'Gr\u00fc\u00dfe "x"\n' AS text, 7::UTINYINT AS small, 18446744073709551615::UBIGINT AS large, -3 AS n,
                  1.5::DOUBLE AS d, 'nan'::FLOAT AS f, true AS b, NULL::INT AS nothing, 12.340::DECIMAL(9, 3) AS dec,
                  DATE '2024-05-06' AS day, TIMESTAMP '2024-05-06 07:08:09.5' AS local,
                  TIMESTAMPTZ '2024-05-06 07:08:09Z' AS instant, TIME '01:02:03' AS clock,
                  '123e4567-e89b-12d3-a456-426614174000'::UUID AS uuid, '\\xff\\x00'::BLOB AS blob, 'abc'::BLOB AS word""", "");
        assertThat(all(file)).containsExactly("""
                0 {"text":"Gr\u00fc\u00dfe \\"x\\"\\n","small":7,"large":18446744073709551615,"n":-3,"d":1.5,"f":"NaN","b":true,\
                "dec":12.340,"day":"2024-05-06","local":"2024-05-06T07:08:09.500","instant":"2024-05-06T07:08:09Z",\
                "clock":"01:02:03","uuid":"123e4567-e89b-12d3-a456-426614174000","blob":"/wA=","word":"abc"}""");
    }

    @Test
    void nestedValuesAreObjectsAndArrays() throws IOException {
        Path file = parquet("""
                SELECT [1, NULL, 3] AS list, []::INT[] AS empty, NULL::INT[] AS none, [['a'], []] AS lists,
                  {'x': 1, 'y': [{'z': 'w'}]} AS object, MAP {'k': 1, 'l': NULL} AS map""", "");
        assertThat(all(file)).containsExactly("""
                0 {"list":[1,null,3],"empty":[],"lists":[["a"],[]],"object":{"x":1,"y":[{"z":"w"}]},\
                "map":[{"key":"k","value":1},{"key":"l"}]}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw"})
    void everySpecifiedCodecIsRead(String codec) throws IOException {
        Path file = parquet("SELECT repeat('text ', 100) || i AS text FROM range(3) t(i)", ", COMPRESSION " + codec);
        assertThat(all(file)).hasSize(3).last().asString().endsWith("text 2\"}");
    }

    @Test
    void aRowThatIsTooLongIsPassedOver() throws IOException {
        Path file = parquet("SELECT repeat('x', i * 1000) AS text FROM range(2) t(i)", "");
        assertThat(all(file)).containsExactly("0 {\"text\":\"\"}", "1 too long: 1011");
    }

    @Test
    void readingGoesOnAtAnyRow() throws IOException {
        Path file = manyGroups();
        List<String> whole = all(file);
        assertThat(whole).hasSize(3 * GROUP_ROWS).startsWith("0 {\"text\":\"t0\"}");
        for (int row : new int[] {0, 1, GROUP_ROWS - 1, GROUP_ROWS, GROUP_ROWS + 1, 3 * GROUP_ROWS}) {
            assertThat(read(file, EVERYTHING, row, Integer.MAX_VALUE)).isEqualTo(whole.subList(row, whole.size()));
        }
    }

    @Test
    void whereverTheFileIsCutInTwoTheRowsAreTheSame() throws IOException {
        Path file = manyGroups();
        List<String> whole = all(file);
        long size = Files.size(file);
        for (long cut = 0; cut <= size; cut += 97) {
            List<String> union = new ArrayList<>(read(file, new Framing.Range(0, cut), 0, Integer.MAX_VALUE));
            union.addAll(read(file, new Framing.Range(cut, size), 0, Integer.MAX_VALUE));
            assertThat(union).as("cut at " + cut).isEqualTo(whole);
        }
    }

    private Path manyGroups() {
        return parquet(
                "SELECT 't' || i AS text FROM range(" + 3 * GROUP_ROWS + ") t(i)", ", ROW_GROUP_SIZE " + GROUP_ROWS);
    }

    @Test
    void aDamagedRowGroupIsPassedOver() throws IOException {
        Path file = parquet(
                "SELECT md5(i::VARCHAR) AS text FROM range(" + 3 * GROUP_ROWS + ") t(i)",
                ", COMPRESSION zstd, ROW_GROUP_SIZE " + GROUP_ROWS);
        List<String> whole = all(file);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes, bytes.length / 2, 100).put(new byte[100]);
        Files.write(file, bytes);
        List<String> expected = new ArrayList<>(whole.subList(0, GROUP_ROWS));
        expected.add(GROUP_ROWS + " damaged, to " + 2 * GROUP_ROWS);
        expected.addAll(whole.subList(2 * GROUP_ROWS, 3 * GROUP_ROWS));
        assertThat(all(file)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PAR1", "not a Parquet file at all", "PAR1\u007f\u007f\u007f\u007fPAR1"})
    void aFileWithoutAFooterIsDamaged(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("b.parquet"), content);
        assertThatThrownBy(() -> all(file)).isInstanceOf(DamagedContentException.class);
    }
}
