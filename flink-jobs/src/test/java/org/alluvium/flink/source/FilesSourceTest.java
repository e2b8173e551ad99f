package org.alluvium.flink.source;

import static org.alluvium.flink.source.SourceFixtures.folder;
import static org.alluvium.flink.source.SourceFixtures.ingest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.contracts.config.FilesConfig;
import org.alluvium.contracts.config.FilesConfig.After;
import org.alluvium.contracts.config.FilesConfig.Complete;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.ReadProgress;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSourceTest {

    @TempDir
    Path root;

    private Path in;

    @BeforeEach
    void makeFolder() throws IOException {
        in = Files.createDirectory(root.resolve("in"));
    }

    private static FilesSource source(SourceConfig... sources) {
        return FilesSource.of(List.of(sources), ingest(Duration.ZERO));
    }

    private SimulatedJob follow() {
        return new SimulatedJob(source(folder("news", in, true)));
    }

    private SimulatedJob readOnce() {
        return new SimulatedJob(source(folder("news", in, false)));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(in.resolve(name), content);
    }

    @Test
    void whatIsNotFollowedEndsWhenEverythingPresentIsRead() throws IOException {
        write("b", "1\n2\n");
        write("a", "1\n2");
        SimulatedJob job = readOnce();
        job.drain();
        assertThat(job.records()).containsExactly("a@0", "a@2", "b@0", "b@2");
        assertThat(job.hasEnded()).isTrue();
    }

    @Test
    void anEmptyFolderThatIsNotFollowedEndsAtOnce() {
        SimulatedJob job = readOnce();
        job.drain();
        assertThat(job.records()).isEmpty();
        assertThat(job.hasEnded()).isTrue();
    }

    @Test
    void aFolderThatIsFollowedNeverEnds() throws IOException {
        write("a", "1\n");
        SimulatedJob job = follow();
        job.drain();
        write("b", "1\n");
        job.drain();
        assertThat(job.records()).containsExactly("a@0", "b@0");
        assertThat(job.hasEnded()).isFalse();
    }

    @Test
    void inARoundFoldersComeAsConfiguredAndFilesByPath() throws IOException {
        Path second = Files.createDirectory(root.resolve("also"));
        write("z", "1\n");
        Files.writeString(second.resolve("a"), "1\n");
        SimulatedJob job = new SimulatedJob(source(folder("news", in, false), folder("also", second, false)));
        job.drain();
        assertThat(job.records()).containsExactly("z@0", "a@0");
    }

    @Test
    void theJobReadsOnBehindEveryKindOfBadFile() throws IOException {
        write("a.gz", "not gzip");
        write("b.zst", "not zstd");
        write("c", "x".repeat(SourceFixtures.MAX_LINE_BYTES + 1) + "\n1\n");
        write("d.gz", "");
        write("e", "1\n");
        SimulatedJob job = readOnce();
        job.drain();
        assertThat(job.records())
                .containsExactly(
                        "a.gz@0!FILE_DAMAGED",
                        "b.zst@0!FILE_DAMAGED",
                        "c@0!LINE_TOO_LONG",
                        "c@" + (SourceFixtures.MAX_LINE_BYTES + 2),
                        "d.gz@0!FILE_DAMAGED",
                        "e@0");
    }

    @Test
    void aFileThatIsReplacedAfterItWasReadIsOneFailureAndNoMore() throws IOException {
        write("a", "1\n2\n");
        SimulatedJob job = follow();
        job.drain();
        write("a", "one\ntwo\nthree\n");
        job.drain();
        write("a", "again\n");
        job.drain();
        assertThat(job.records()).containsExactly("a@0", "a@2", "a@4!FILE_CHANGED");
    }

    @Test
    void aCompressedFileThatGrowsIsOneFailure() throws IOException {
        byte[] zstd = Zstd.compress("1\n".getBytes(StandardCharsets.UTF_8));
        Files.write(in.resolve("a.zst"), zstd);
        SimulatedJob job = follow();
        job.drain();
        Files.write(in.resolve("a.zst"), zstd, StandardOpenOption.APPEND);
        job.drain();
        assertThat(job.records()).containsExactly("a.zst@0", "a.zst@2!FILE_CHANGED");
    }

    @Test
    void whatLiesInAFolderIsReadOnceItsMarkerIsThere() throws IOException {
        FilesConfig marked = new FilesConfig("*", Complete.SUCCESS_FILE, After.KEEP, 1 << 20);
        write("a", "1\n2");
        SimulatedJob job = new SimulatedJob(source(folder("news", in, true).withFiles(marked)));
        job.drain();
        assertThat(job.records()).isEmpty();
        write("_SUCCESS", "");
        job.drain();
        assertThat(job.records()).containsExactly("a@0", "a@2");
    }

    @Test
    void aFileIsDeletedWhenACheckpointThatHasAllOfItIsComplete() throws IOException {
        FilesConfig deleted = new FilesConfig("*", Complete.RENAMED, After.DELETE, 1 << 20);
        write("a", "1\n2\n");
        SimulatedJob job = new SimulatedJob(source(folder("news", in, true).withFiles(deleted)));
        job.discover();
        job.deliverToEnumerator();
        job.deliverToReader();
        while (job.poll()) {
            assertThat(in.resolve("a")).exists();
        }
        // The end of the file reaches the enumerator between its part of the checkpoint and the reader's.
        job.checkpoint(job::deliverToEnumerator);
        assertThat(in.resolve("a")).exists();
        job.checkpoint(() -> {});
        assertThat(in.resolve("a")).doesNotExist();
        job.restartFromCheckpoint();
        job.drain();
        write("a", "3\n");
        job.drain();
        assertThat(job.records()).containsExactly("a@0", "a@2", "a@0");
    }

    @Test
    void aFileThatHasChangedSinceItWasReadIsNotDeletedButReadAnew() throws IOException {
        FilesConfig deleted = new FilesConfig("*", Complete.RENAMED, After.DELETE, 1 << 20);
        write("a", "1\n2\n");
        SimulatedJob job = new SimulatedJob(source(folder("news", in, true).withFiles(deleted)));
        job.drain();
        job.deliverToEnumerator();
        write("a", "another\n");
        job.checkpoint(() -> {});
        assertThat(in.resolve("a")).exists();
        job.drain();
        assertThat(job.records()).containsExactly("a@0", "a@2", "a@0");
    }

    @Test
    void aFileThatIsOneDocumentIsReadAnewWhenItChanges() throws IOException {
        write("a.md", "one");
        SourceConfig notes = SourceConfig.ofFolder("notes", Location.of(in), SourceConfig.Format.MARKDOWN, true);
        SimulatedJob job = new SimulatedJob(source(notes));
        job.drain();
        write("a.md", "another");
        job.drain();
        job.drain();
        assertThat(job.records()).containsExactly("a.md@0", "a.md@0");
    }

    @Test
    void aFileThatIsOnlyTouchedIsNotReadAgain() throws IOException {
        write("a", "1\n");
        SimulatedJob job = follow();
        job.drain();
        Files.setLastModifiedTime(in.resolve("a"), FileTime.fromMillis(1));
        job.drain();
        assertThat(job.records()).containsExactly("a@0");
    }

    @Test
    void aFileThatIsDeletedBeforeItIsReadIsOneFailure() throws IOException {
        write("a", "1\n");
        write("b", "1\n");
        SimulatedJob job = follow();
        job.discover();
        Files.delete(in.resolve("b"));
        job.drain();
        assertThat(job.records()).containsExactly("a@0", "b@0!FILE_MISSING");
    }

    @Test
    void aFolderThatDisappearsIsWaitedForAndWhatWasReadIsRemembered() throws IOException {
        write("a", "1\n");
        SimulatedJob job = follow();
        job.drain();
        Path away = Files.move(in, root.resolve("away"));
        job.drain();
        Files.move(away, in);
        write("b", "1\n");
        job.drain();
        assertThat(job.records()).containsExactly("a@0", "b@0");
    }

    @Test
    void whatIsLeftOfASourceThatIsTakenOutOfTheConfigurationIsKept() throws IOException {
        Path other = Files.createDirectory(root.resolve("other"));
        write("a", "1\n2\n3\n");
        SourceConfig news = folder("news", in, true);
        FilesReader before = reader(news);
        before.addSplits(List.of(FileSplit.ofWhole(4, new FileRef("news", "a", 6, 1000), ReadProgress.START)));
        List<FileSplit> state = before.snapshotState(1);

        FilesReader without = reader(folder("other", other, true));
        without.addSplits(state);
        assertThat(without.snapshotState(1)).isEqualTo(state);
    }

    @Test
    void theReaderCountsRecordsBytesAndFailures() throws Exception {
        write("a", "1\n" + "x".repeat(SourceFixtures.MAX_LINE_BYTES + 1) + "\n22\n");
        FakeReaderContext context = new FakeReaderContext();
        FilesReader reader = (FilesReader) source(folder("news", in, true)).createReader(context);
        long size = Files.size(in.resolve("a"));
        reader.addSplits(List.of(FileSplit.ofWhole(0, new FileRef("news", "a", size, 1000), ReadProgress.START)));
        RecordingOutput output = new RecordingOutput();
        while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
            assertThat(output.records()).hasSizeLessThanOrEqualTo(3);
        }
        SourceReaderMetricGroup metrics = context.metricGroup();
        assertThat(metrics.getIOMetricGroup().getNumRecordsInCounter().getCount())
                .isEqualTo(3);
        assertThat(metrics.getIOMetricGroup().getNumBytesInCounter().getCount()).isEqualTo(size);
        assertThat(metrics.getNumRecordsInErrorsCounter().getCount()).isEqualTo(1);
    }

    @Test
    void aRecordWhoseParserLacksSomethingIsGivenAgainAndIsNotReadUntilThen() throws Exception {
        write("a", "1\n2\n");
        Set<String> lacking = new HashSet<>();
        FilesReader reader = new FilesReader(
                new FakeReaderContext(),
                Map.of("news", new Folder(folder("news", in, false)).options(SourceFixtures.MAX_LINE_BYTES)),
                new LackingGate(lacking),
                () -> 0);
        RecordingOutput output = new RecordingOutput();
        reader.addSplits(List.of(FileSplit.ofWhole(0, new FileRef("news", "a", 4, 1000), ReadProgress.START)));
        reader.pollNext(output);
        lacking.add("news");

        reader.pollNext(output);
        reader.pollNext(output);

        assertThat(output.records()).containsExactly("a@0");
        assertThat(reader.snapshotState(1))
                .singleElement()
                .extracting(split -> split.progress().offset())
                .isEqualTo(2L);
        lacking.clear();
        while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
            assertThat(output.records()).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(output.records()).containsExactly("a@0", "a@2");
    }

    private static FilesReader reader(SourceConfig config) {
        return (FilesReader) source(config).createReader(new FakeReaderContext());
    }

    @Test
    void itIsBoundedIfNothingIsFollowed() {
        assertThat(source(folder("news", in, false)).getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(source(folder("news", in, false), folder("more", in, true)).getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void itCanBeSentToTheCluster() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(source(folder("news", in, false)));
        }
        assertThat(bytes.size()).isPositive();
    }

    @Test
    void aFolderThatIsNotThereIsRefusedBeforeTheJobStarts() {
        assertThatThrownBy(() -> source(folder("news", root.resolve("nowhere"), true)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("news")
                .hasMessageContaining("nowhere does not exist");
    }

    @Test
    void aFileInPlaceOfAFolderIsRefused() throws IOException {
        write("a", "");
        assertThatThrownBy(() -> source(folder("news", in.resolve("a"), true)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not a folder");
    }

    @Test
    void aPatternThatIsNoGlobIsRefused() {
        assertThatThrownBy(() -> source(folder("news", in, true)
                        .withFiles(new FilesConfig("{", FilesConfig.Complete.RENAMED, FilesConfig.After.KEEP, 65536))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'{' is not a glob");
    }

    @Test
    void noSourceAndTwoOfOneNameAreRefused() {
        assertThatThrownBy(FilesSourceTest::source).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> source(folder("news", in, true), folder("news", in, true)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("two sources are called news");
    }
}
