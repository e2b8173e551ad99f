package org.alluvium.contracts.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.store.Sha256;
import org.junit.jupiter.api.Test;

class LogCodecTest {

    /** What is written for {@link LogEntries#commit}; later releases must read it. */
    private static final String CURRENT =
            "{\"kind\":\"commit\",\"sequence\":7,\"writerEpoch\":3,\"lineage\":\"lineage\","
                    + "\"createdAt\":\"2026-01-02T03:04:05.678Z\",\"flinkCheckpointId\":42,"
                    + "\"shards\":[{\"path\":\"shards/a.parquet\",\"rows\":2,\"tokens\":30,\"bytes\":400,\"sha256\":\"00ff\","
                    + "\"rowsPerSource\":{\"a\":1,\"b\":1},\"minEventTimeMillis\":5,\"maxEventTimeMillis\":6}],"
                    + "\"deadLetters\":[{\"path\":\"dead-letters/a.jsonl.gz\",\"records\":1,\"bytes\":20,\"sha256\":\"ff00\"}],"
                    + "\"rejects\":[{\"path\":\"rejects/a.avro\",\"records\":3,\"bytes\":40,\"sha256\":\"0ff0\"}],"
                    + "\"changes\":[{\"path\":\"changes/a.jsonl.gz\",\"records\":2,\"bytes\":30,\"sha256\":\"f00f\"}],"
                    + "\"mixture\":[{\"source\":\"crawl\",\"epochs\":0.5,\"documents\":4,\"repeats\":2}],"
                    + "\"sourcePositions\":{\"crawl\":\"a.jsonl@7\"},"
                    + "\"sourceProgress\":{\"crawl\":{\"records\":6,\"bytes\":70,\"timeMillis\":8}},"
                    + "\"funnel\":{\"read\":8,\"accepted\":2,\"duplicates\":1,\"duplicatesByKind\":{\"exact\":1},"
                    + "\"rejected\":{\"not_json\":1},\"skipped\":{\"not_text\":2},\"deleted\":2,"
                    + "\"edits\":{\"c4.line\":3}},"
                    + "\"freshness\":{\"eventToIngest\":{\"p50Millis\":1,\"p95Millis\":2,\"p99Millis\":3},"
                    + "\"ingestToCommit\":{\"p50Millis\":4,\"p95Millis\":5,\"p99Millis\":6},"
                    + "\"eventToCommit\":{\"p50Millis\":7,\"p95Millis\":8,\"p99Millis\":9}},"
                    + "\"endOfInput\":false}";

    /** What release 0.1.0 wrote. */
    private static final String RELEASED =
            "{\"kind\":\"commit\",\"sequence\":7,\"writerEpoch\":3,\"lineage\":\"lineage\","
                    + "\"createdAt\":\"2026-01-02T03:04:05.678Z\",\"flinkCheckpointId\":42,"
                    + "\"shards\":[{\"path\":\"shards/a.parquet\",\"rows\":2,\"tokens\":30,\"bytes\":400,\"sha256\":\"00ff\","
                    + "\"rowsPerSource\":{\"a\":1,\"b\":1},\"minEventTimeMillis\":5,\"maxEventTimeMillis\":6}],"
                    + "\"deadLetters\":[{\"path\":\"dead-letters/a.jsonl.gz\",\"records\":1,\"bytes\":20,\"sha256\":\"ff00\"}],"
                    + "\"sourcePositions\":{\"crawl\":\"a.jsonl#7\"},"
                    + "\"funnel\":{\"read\":4,\"accepted\":2,\"duplicates\":1,\"rejected\":{\"not_json\":1}},"
                    + "\"endOfInput\":false}";

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll("entries") LogEntry entry) {
        assertThat(LogCodec.decode(LogCodec.encode(entry), "here")).isEqualTo(entry);
    }

    @Property(tries = 500)
    void everyChangedByteIsDetected(
            @ForAll("entries") LogEntry entry, @ForAll @IntRange(max = 1 << 20) int where, @ForAll byte change) {
        byte[] file = LogCodec.encode(entry);
        int at = where % file.length;
        byte old = file[at];
        file[at] = change == old ? (byte) (change + 1) : change;

        assertThatThrownBy(() -> LogCodec.decode(file, "log/7"))
                .isInstanceOf(AlluviumException.class)
                .hasMessageStartingWith("log/7: ");
    }

    @Property(tries = 200)
    void everyCutIsDetected(@ForAll("entries") LogEntry entry, @ForAll @IntRange(max = 1 << 20) int where) {
        byte[] file = LogCodec.encode(entry);
        byte[] cut = Arrays.copyOf(file, where % file.length);

        assertThatThrownBy(() -> LogCodec.decode(cut, "log/7"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Restore the file from a copy");
    }

    @Provide
    Arbitrary<LogEntry> entries() {
        return LogEntries.any();
    }

    @Test
    void theFormatIsAsReleased() {
        LogEntry entry = LogEntries.commit(7, 3, 42);

        assertThat(new String(LogCodec.encode(entry), UTF_8)).isEqualTo(file(CURRENT));
        assertThat(LogCodec.decode(file(CURRENT).getBytes(UTF_8), "here")).isEqualTo(entry);
    }

    @Test
    void whatTheFirstReleaseDidNotWriteCountsAsEmpty() {
        LogEntry.Commit released =
                (LogEntry.Commit) LogCodec.decode(file(RELEASED).getBytes(UTF_8), "here");

        assertThat(released.rejects()).isEmpty();
        assertThat(released.changes()).isEmpty();
        assertThat(released.freshness()).isEmpty();
        assertThat(released.sourcePositions()).isEqualTo(Map.of("crawl", new SourcePosition("a.jsonl#7", 0, 0, 0)));
        assertThat(released.funnel())
                .isEqualTo(new Funnel(4, 2, Map.of("exact", 1L), Map.of("not_json", 1L), Map.of(), 0, Map.of()));
    }

    @Test
    void membersOfLaterReleasesAreSkipped() {
        String later =
                CURRENT.replace("\"kind\"", "\"colour\":{\"red\":1},\"kind\"").replace("\"rows\"", "\"x\":[],\"rows\"");

        assertThat(LogCodec.decode(file(later).getBytes(UTF_8), "here")).isEqualTo(LogEntries.commit(7, 3, 42));
    }

    @Test
    void aLaterVersionIsRefusedInWords() {
        byte[] file = file(RELEASED).replace("\"version\":1", "\"version\":12").getBytes(UTF_8);

        assertThatThrownBy(() -> LogCodec.decode(file, "log/7"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("format version 12, this Alluvium reads 1");
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsNamed() {
        assertLacks(RELEASED.replace("\"flinkCheckpointId\":42,", ""), "'flinkCheckpointId'");
        assertLacks(RELEASED.replace("42", "\"42\""), "an integer in 'flinkCheckpointId'");
        assertLacks(RELEASED.replace("\"endOfInput\":false", "\"endOfInput\":0"), "true or false in 'endOfInput'");
        assertLacks(RELEASED.replace("2026-01", "26-01"), "an ISO-8601 time in 'createdAt'");
        assertLacks(RELEASED.replace("[{\"path\":\"shards", "[7,{\"path\":\"shards"), "an object");
        assertLacks(RELEASED.replace("\"lineage\":\"lineage\"", "\"lineage\":1"), "a string in 'lineage'");
        assertThatThrownBy(() -> LogCodec.decode(file("{\"kind\":\"poem\"}").getBytes(UTF_8), "log/7"))
                .hasMessageContaining("unknown kind 'poem'");
    }

    private static void assertLacks(String entry, String what) {
        assertThatThrownBy(() -> LogCodec.decode(file(entry).getBytes(UTF_8), "log/7"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("log/7: the log entry lacks " + what + ".");
    }

    private static String file(String entry) {
        return "{\"version\":1,\"sha256\":\"" + Sha256.of(entry.getBytes(UTF_8)) + "\",\"entry\":" + entry + "}\n";
    }
}
