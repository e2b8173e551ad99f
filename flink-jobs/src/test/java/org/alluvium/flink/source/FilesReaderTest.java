package org.alluvium.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.alluvium.contracts.config.FlowConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.flink.intake.Intake;
import org.alluvium.ingest.file.FileRecordReader.Options;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.FileStore;
import org.alluvium.ingest.file.LocalFiles;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.frame.LineFraming;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that rest, each for itself. */
class FilesReaderTest {

    private static final long MAX_BYTES = 1000;
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final FakeReaderContext context = new FakeReaderContext();
    private final RecordingOutput output = new RecordingOutput();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("a"), "1\n2\n3\n");
        Files.writeString(folder.resolve("b"), "1\n");
    }

    /** A reader of the source news, which may flow with one record a second or cannot always be reached, and of other. */
    private FilesReader reader(double rateLimit, FileStore store) {
        FlowConfig flow = FlowConfig.DEFAULT;
        List<SourceConfig> sources = List.of(
                SourceFixtures.folder("news", folder, true)
                        .withFlow(new FlowConfig(
                                rateLimit,
                                flow.maxFailureShare(),
                                flow.failureWindow(),
                                flow.onFailures(),
                                flow.pauseFor(),
                                flow.outOfOrderness(),
                                flow.idleness())),
                SourceFixtures.folder("other", folder, true));
        FilesReader reader = new FilesReader(
                context,
                Map.of("news", options(store), "other", options(new LocalFiles(folder))),
                Gate.of(new Intake(sources, InstantSource.system(), nanos::get)),
                nanos::get);
        reader.addSplits(List.of(FileSplit.ofWhole(0, new FileRef("news", "a", 6, 1000), ReadProgress.START)));
        return reader;
    }

    private static Options options(FileStore store) {
        return new Options(store, new LineFraming(), true, MAX_BYTES);
    }

    private static List<FileSplit> splitOfOther() {
        return List.of(FileSplit.ofWhole(1, new FileRef("other", "b", 2, 1000), ReadProgress.START));
    }

    private void readOn(FilesReader reader) throws IOException {
        int most = output.records().size() + 10;
        while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
            assertThat(output.records()).hasSizeLessThan(most);
        }
    }

    @Test
    void aSourceThatMayNotFlowFasterKeepsItsPlaceAndLetsTheOthersGoFirst() throws IOException {
        FilesReader reader = reader(1, new LocalFiles(folder));
        readOn(reader);
        assertThat(output.records()).containsExactly("a@0");
        assertThat(context.takeSent()).containsExactly(new SplitRequested(Set.of("news")));

        reader.addSplits(splitOfOther());
        readOn(reader);
        assertThat(output.records()).containsExactly("a@0", "b@0");

        nanos.addAndGet(SECOND_NANOS);
        readOn(reader);
        nanos.addAndGet(SECOND_NANOS);
        readOn(reader);
        assertThat(output.records()).containsExactly("a@0", "b@0", "a@2", "a@4");
    }

    @Test
    void whoWaitsForASourceThatRestsIsWokenWhenItHasRested() throws IOException {
        FilesReader reader = reader(5, new LocalFiles(folder));
        readOn(reader);
        assertThat(output.records()).containsExactly("a@0");
        assertThat(reader.isAvailable()).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void aStoreThatCannotBeReachedIsTriedAgainLaterAndLongerEachTime() throws IOException {
        FlakyStore store = new FlakyStore(new LocalFiles(folder));
        FilesReader reader = reader(0, store);
        store.reachable = false;
        readOn(reader);
        reader.addSplits(splitOfOther());
        readOn(reader);
        assertThat(output.records()).containsExactly("b@0");

        nanos.addAndGet(SECOND_NANOS);
        readOn(reader);
        store.reachable = true;
        nanos.addAndGet(SECOND_NANOS);
        readOn(reader);
        assertThat(output.records()).as("it rests for two seconds now").containsExactly("b@0");
        assertThat(reader.snapshotState(1)).extracting(FileSplit::sequence).containsExactly(1L, 0L);

        nanos.addAndGet(SECOND_NANOS);
        readOn(reader);
        assertThat(output.records()).containsExactly("b@0", "a@0", "a@2", "a@4");
    }

    /** Files that can be reached or not. */
    private static final class FlakyStore implements FileStore {

        private final FileStore files;
        private boolean reachable = true;

        FlakyStore(FileStore files) {
            this.files = files;
        }

        @Override
        public Tree walk() throws IOException {
            return files.walk();
        }

        @Override
        public Optional<Entry> stat(String path) throws IOException {
            return files.stat(path);
        }

        @Override
        public SeekableByteChannel open(String path) throws IOException {
            if (!reachable) {
                throw new IOException("no route to host");
            }
            return files.open(path);
        }

        @Override
        public void delete(String path) throws IOException {
            files.delete(path);
        }

        @Override
        public boolean mayPass(IOException failed) {
            return true;
        }
    }
}
