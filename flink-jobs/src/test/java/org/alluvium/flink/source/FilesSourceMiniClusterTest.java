package org.alluvium.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.ArrivalSerializer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source in a real cluster inside this process, with a task that fails between two checkpoints. */
@SuppressWarnings("try") // closing the iterator may be interrupted, and then the test fails as it should
class FilesSourceMiniClusterTest {

    private static final int FILES_BEFORE = 5;
    private static final int FILES = 10;
    private static final int LINES = 20;

    /** A record in the middle of the files that are written once a checkpoint is complete. */
    private static final String FAILS_AT = "7@20";

    @TempDir
    Path root;

    @Test
    void oneReaderGivesEveryRecordOnceAndInOrderThroughAFailure() throws Exception {
        assertThat(runWithOneFailure(1)).isEqualTo(allOrigins());
    }

    @Test
    void twoReadersGiveEveryRecordOnceThroughAFailure() throws Exception {
        assertThat(runWithOneFailure(2)).containsExactlyInAnyOrderElementsOf(allOrigins());
    }

    @Test
    void aBoundedJobEnds() throws Exception {
        Path in = Files.createDirectory(root.resolve("in"));
        writeFiles(in, 0, FILES);
        List<String> origins = new ArrayList<>();
        try (CloseableIterator<String> records =
                records(environment(2), in, false, root.resolve("never")).executeAndCollect()) {
            records.forEachRemaining(origins::add);
        }
        assertThat(origins).containsExactlyInAnyOrderElementsOf(allOrigins());
    }

    private List<String> runWithOneFailure(int parallelism) throws Exception {
        Path in = Files.createDirectory(root.resolve("in"));
        Path failed = root.resolve("failed");
        writeFiles(in, 0, FILES_BEFORE);
        List<String> origins = new ArrayList<>();
        try (CloseableIterator<String> records =
                records(environment(parallelism), in, true, failed).executeAndCollect()) {
            // The iterator shows what a complete checkpoint covers.
            take(FILES_BEFORE * LINES, records, origins);
            writeFiles(in, FILES_BEFORE, FILES);
            take((FILES - FILES_BEFORE) * LINES, records, origins);
        }
        assertThat(failed).exists();
        return origins;
    }

    private static void take(int count, CloseableIterator<String> records, List<String> into) {
        for (int i = 0; i < count; i++) {
            into.add(records.next());
        }
    }

    private static DataStream<String> records(
            StreamExecutionEnvironment environment, Path in, boolean follow, Path failed) {
        FilesSource source = FilesSource.of(
                List.of(SourceFixtures.folder("news", in, follow)), SourceFixtures.ingest(Duration.ZERO));
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "files", ArrivalSerializer.TYPE)
                .map(new FailOnce(follow ? FAILS_AT : "", failed.toString()))
                .returns(Types.STRING);
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        Configuration flink = new Configuration();
        flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    }

    private static void writeFiles(Path in, int from, int to) throws IOException {
        for (int file = from; file < to; file++) {
            Path hidden = in.resolve("." + file);
            Files.writeString(hidden, "x\n".repeat(LINES));
            Files.move(hidden, in.resolve(Integer.toString(file)));
        }
    }

    private static List<String> allOrigins() {
        List<String> origins = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            for (int line = 0; line < LINES; line++) {
                origins.add(file + "@" + 2 * line);
            }
        }
        return origins;
    }

    /** Fails when it first sees one record; a file remembers that it has, since this object does not survive it. */
    private record FailOnce(String at, String failed) implements MapFunction<Arrival, String> {

        @Override
        public String map(Arrival record) throws IOException {
            if (record.position().equals(at) && isFirstTime()) {
                throw new IllegalStateException("failing once, as the test asks");
            }
            return record.position();
        }

        private boolean isFirstTime() throws IOException {
            try {
                Files.createFile(Path.of(failed));
                return true;
            } catch (FileAlreadyExistsException again) {
                return false;
            }
        }
    }
}
