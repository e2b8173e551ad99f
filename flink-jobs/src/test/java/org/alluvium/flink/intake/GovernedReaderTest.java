package org.alluvium.flink.intake;

import static org.alluvium.flink.intake.FlowFixtures.good;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.flink.intake.FlowFixtures.Moody;
import org.alluvium.flink.intake.FlowFixtures.Stopwatch;
import org.alluvium.flink.types.Arrival;
import org.alluvium.ingest.record.SourceRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;

class GovernedReaderTest {

    private final Stopwatch watch = new Stopwatch();
    private final List<Duration> waits = new ArrayList<>();
    private final Arrivals output = new Arrivals();

    @Test
    void aSourceThatMayNotBeReadIsNotPolledAndAsksToBeWokenWhenItMay() {
        SourceConfig limited = FlowFixtures.source("a").withFlow(FlowFixtures.rate(1));
        Counting records = new Counting(3);
        GovernedReader<Place> reader = reader(records, limited, new Moody(limited));

        assertThat(reader.isAvailable()).isCompleted();
        assertThat(poll(reader)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(poll(reader)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(records.next).isEqualTo(1);
        assertThat(reader.isAvailable()).isNotCompleted();
        assertThat(waits).containsExactly(Duration.ofSeconds(1));

        watch.advance(Duration.ofSeconds(1));
        assertThat(poll(reader)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(output.positions).containsExactly("t-0@0", "t-0@1");
    }

    @Test
    void aRecordWhoseParserCannotWorkIsHeldAndACheckpointReadsItAgain() {
        SourceConfig source = FlowFixtures.source("a");
        Moody parser = new Moody(source);
        GovernedReader<Place> reader = reader(new Counting(3), source, parser);
        poll(reader);
        parser.unavailable(true);

        assertThat(poll(reader)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(poll(reader)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.positions).containsExactly("t-0@0");
        assertThat(reader.snapshotState(1)).containsExactly(new Place(1));

        parser.unavailable(false);
        watch.advance(Duration.ofSeconds(1));
        assertThat(reader.isAvailable()).isCompleted();
        poll(reader);
        assertThat(output.positions).containsExactly("t-0@0", "t-0@1");
        assertThat(reader.snapshotState(2)).containsExactly(new Place(2));
    }

    @Test
    void aCheckpointThatWasPutBackIsNotReportedAsRead() throws Exception {
        SourceConfig source = FlowFixtures.source("a");
        Moody parser = new Moody(source);
        Counting records = new Counting(3);
        GovernedReader<Place> reader = reader(records, source, parser);
        poll(reader);
        reader.snapshotState(1);
        parser.unavailable(true);
        poll(reader);
        reader.snapshotState(2);
        reader.snapshotState(3);

        reader.notifyCheckpointComplete(1);
        reader.notifyCheckpointComplete(3);
        assertThat(records.completed).containsExactly(1L);

        parser.unavailable(false);
        watch.advance(Duration.ofSeconds(1));
        poll(reader);
        reader.snapshotState(4);
        reader.notifyCheckpointComplete(4);
        assertThat(records.completed).containsExactly(1L, 4L);
    }

    @Test
    void splitsThatAreAheadOfTheOthersRestInTheWrappedReader() {
        SourceConfig source = FlowFixtures.source("a");
        Counting records = new Counting(3);
        GovernedReader<Place> reader = reader(records, source, new Moody(source));

        reader.pauseOrResumeSplits(List.of("0", "1"), List.of());
        reader.pauseOrResumeSplits(List.of(), List.of("1"));

        assertThat(records.paused).containsExactly("0");
    }

    @Test
    void everyRecordPassesOnceAndThenTheInputEnds() {
        SourceConfig source = FlowFixtures.source("a");
        GovernedReader<Place> reader = reader(new Counting(3), source, new Moody(source));
        List<InputStatus> statuses = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            statuses.add(poll(reader));
        }

        assertThat(statuses)
                .containsExactly(
                        InputStatus.MORE_AVAILABLE,
                        InputStatus.MORE_AVAILABLE,
                        InputStatus.MORE_AVAILABLE,
                        InputStatus.END_OF_INPUT);
        assertThat(output.positions).containsExactly("t-0@0", "t-0@1", "t-0@2");
    }

    private GovernedReader<Place> reader(Counting records, SourceConfig source, Moody parser) {
        Intake intake = new Intake(List.of(source), any -> parser, InstantSource.fixed(Instant.EPOCH), watch::nanos);
        return new GovernedReader<>(
                records,
                new GovernedReader.Gate(source.name(), intake, this::later),
                (record, splits) -> List.of(new Place(record.timeMillis())));
    }

    private CompletableFuture<Void> later(Duration wait) {
        waits.add(wait);
        return new CompletableFuture<>();
    }

    private InputStatus poll(GovernedReader<Place> reader) {
        try {
            return reader.pollNext(output);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A split that is nothing but the number of its next record. */
    private record Place(long next) implements SourceSplit {
        @Override
        public String splitId() {
            return "0";
        }
    }

    /** Emits good records, one a poll, through the output of its split. */
    private static final class Counting implements SourceReader<SourceRecord, Place> {

        private final int count;
        private final List<Long> completed = new ArrayList<>();
        private final Set<String> paused = new HashSet<>();
        private int next;

        Counting(int count) {
            this.count = count;
        }

        @Override
        public InputStatus pollNext(ReaderOutput<SourceRecord> output) {
            if (next == count) {
                return InputStatus.END_OF_INPUT;
            }
            output.createOutputForSplit("0").collect(good("a", next++));
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<Place> snapshotState(long checkpointId) {
            return List.of(new Place(next));
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            completed.add(checkpointId);
        }

        @Override
        public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
            paused.addAll(toPause);
            paused.removeAll(toResume);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void start() {}

        @Override
        public void addSplits(List<Place> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    /** Writes down the positions of what arrives. */
    private static final class Arrivals implements ReaderOutput<Arrival> {

        private final List<String> positions = new ArrayList<>();

        @Override
        public void collect(Arrival arrival) {
            positions.add(arrival.position());
        }

        @Override
        public void collect(Arrival arrival, long timestamp) {
            collect(arrival);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<Arrival> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {}
    }
}
