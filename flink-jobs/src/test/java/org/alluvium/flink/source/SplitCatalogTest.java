package org.alluvium.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.Fingerprint;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.file.ReadProgress.Status;
import org.junit.jupiter.api.Test;

class SplitCatalogTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SplitCatalog catalog = new SplitCatalog(CatalogState.EMPTY, Duration.ZERO);

    private static FileRef file(String path, long size) {
        return new FileRef("news", path, size, 1000 + size);
    }

    private void discover(FileRef... files) {
        catalog.discover(List.of(files), START);
    }

    private List<String> takeAll() {
        List<String> paths = new ArrayList<>();
        for (Optional<FileSplit> split = catalog.next(); split.isPresent(); split = catalog.next()) {
            paths.add(split.get().sequence() + ":" + split.get().file().path());
        }
        return paths;
    }

    private void finish(FileSplit split, long offset, Status status) {
        catalog.finished(split.withProgress(new ReadProgress(offset, 7, new Fingerprint(offset, 99), status)));
    }

    @Test
    void splitsAreNumberedAsFilesAreGiven() {
        discover(file("b", 1), file("a", 1));
        discover(file("0", 1), file("a", 1), file("b", 1));
        assertThat(takeAll()).containsExactly("0:b", "1:a", "2:0");
    }

    @Test
    void whatComesBackIsHandedOutBeforeWhatIsYounger() {
        discover(file("a", 1), file("b", 1), file("c", 1));
        FileSplit first = catalog.next().orElseThrow();
        FileSplit second = catalog.next().orElseThrow();
        catalog.putBack(List.of(second, first));
        assertThat(takeAll()).containsExactly("0:a", "1:b", "2:c");
    }

    @Test
    void aFileThatHasGrownGoesOnWhereItWasLeft() {
        discover(file("a", 10));
        finish(catalog.next().orElseThrow(), 8, Status.FINISHED);
        discover(file("a", 20));
        assertThat(catalog.next())
                .contains(new FileSplit(1, file("a", 20), new ReadProgress(8, 7, new Fingerprint(8, 99), Status.OPEN)));
    }

    @Test
    void aFileHasOneSplitAtATime() {
        discover(file("a", 10));
        FileSplit split = catalog.next().orElseThrow();
        discover(file("a", 20));
        assertThat(takeAll()).isEmpty();
        finish(split, 10, Status.FINISHED);
        discover(file("a", 20));
        assertThat(takeAll()).containsExactly("1:a");
    }

    @Test
    void aReportThatIsRepeatedAfterAFailureDoesNotTakeTheFileBack() {
        discover(file("a", 10));
        FileSplit first = catalog.next().orElseThrow();
        finish(first, 10, Status.FINISHED);
        discover(file("a", 20));
        finish(first, 10, Status.FINISHED);
        discover(file("a", 30));
        assertThat(takeAll()).containsExactly("1:a");
    }

    @Test
    void aRefusedFileIsNotLookedAtAgain() {
        discover(file("a", 10));
        finish(catalog.next().orElseThrow(), 0, Status.REFUSED);
        discover(file("a", 20));
        assertThat(takeAll()).isEmpty();
    }

    @Test
    void aFileIsTakenOnceItHasBeenStillForLongEnough() {
        SplitCatalog settling = new SplitCatalog(CatalogState.EMPTY, Duration.ofSeconds(2));
        settling.discover(List.of(file("a", 10)), START);
        settling.discover(List.of(file("a", 20)), START.plusSeconds(1));
        settling.discover(List.of(file("a", 20)), START.plusMillis(2999));
        assertThat(settling.next()).isEmpty();
        assertThat(settling.isSettling("news")).isTrue();
        settling.discover(List.of(file("a", 20)), START.plusSeconds(3));
        assertThat(settling.next().map(split -> split.file().sizeBytes())).contains(20L);
        assertThat(settling.isSettling("news")).isFalse();
    }

    @Test
    void onlyFilesThatWereReadAndAreGoneAreForgotten() {
        discover(file("read", 1), file("reading", 1), file("hidden", 1), file("there", 1));
        for (String path : List.of("read", "reading", "hidden", "there")) {
            FileSplit split = catalog.next().orElseThrow();
            if (!path.equals("reading")) {
                finish(split, 1, Status.FINISHED);
            }
        }
        catalog.forget("news", List.of(file("there", 1)), file -> !file.path().equals("hidden"));
        assertThat(catalog.state().known())
                .extracting(known -> known.file().path())
                .containsExactly("reading", "hidden", "there");
    }

    @Test
    void aFolderThatIsEmptyAllOfASuddenIsNotBelieved() {
        discover(file("a", 1));
        finish(catalog.next().orElseThrow(), 1, Status.FINISHED);
        catalog.forget("news", List.of(), file -> true);
        assertThat(catalog.knownFiles()).isEqualTo(1);
    }

    @Test
    void aCatalogMadeFromItsStateGoesOnTheSame() {
        discover(file("a", 1), file("b", 1));
        FileSplit first = catalog.next().orElseThrow();
        SplitCatalog restored = new SplitCatalog(catalog.state(), Duration.ZERO);
        restored.discover(List.of(file("a", 1), file("b", 1), file("c", 1)), START);
        assertThat(first.sequence()).isZero();
        assertThat(restored.next().map(FileSplit::splitId)).contains("1");
        assertThat(restored.next().map(FileSplit::splitId)).contains("2");
        assertThat(restored.next()).isEmpty();
    }

    @Test
    void theBacklogIsWhatNobodyHasTaken() {
        discover(file("a", 10), file("b", 20));
        catalog.next();
        assertThat(catalog.pendingSplits()).isEqualTo(1);
        assertThat(catalog.pendingBytes()).isEqualTo(20);
    }
}
