package org.alluvium.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.alluvium.ingest.file.FileRef;
import org.alluvium.ingest.file.Fingerprint;
import org.alluvium.ingest.file.ReadProgress;
import org.alluvium.ingest.file.ReadProgress.Status;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.LineFraming;
import org.alluvium.ingest.frame.WholeFileFraming;
import org.junit.jupiter.api.Test;

class SplitCatalogTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final long PART_BYTES = 100;
    private static final Framing LINES = new LineFraming();
    private static final Framing WHOLE = new WholeFileFraming();

    private final SplitCatalog catalog = catalog(new PickupRules(Duration.ZERO, LINES, PART_BYTES, false));

    private static SplitCatalog catalog(PickupRules rules) {
        return new SplitCatalog(CatalogState.EMPTY, Map.of("news", rules));
    }

    private FileSplit next() {
        return catalog.next(Set.of()).orElseThrow();
    }

    private static FileRef file(String path, long size) {
        return new FileRef("news", path, size, 1000 + size);
    }

    private void discover(FileRef... files) {
        catalog.discover(List.of(files), START);
    }

    private List<String> takeAll() {
        List<String> paths = new ArrayList<>();
        for (Optional<FileSplit> split = catalog.next(Set.of()); split.isPresent(); split = catalog.next(Set.of())) {
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
        FileSplit first = next();
        FileSplit second = next();
        catalog.putBack(List.of(second, first));
        assertThat(takeAll()).containsExactly("0:a", "1:b", "2:c");
    }

    @Test
    void aFileThatHasGrownGoesOnWhereItWasLeft() {
        discover(file("a", 10));
        finish(next(), 8, Status.FINISHED);
        discover(file("a", 20));
        assertThat(next())
                .isEqualTo(FileSplit.ofWhole(
                        1, file("a", 20), new ReadProgress(8, 7, new Fingerprint(8, 99), Status.OPEN)));
    }

    @Test
    void aFileHasOneSplitAtATime() {
        discover(file("a", 10));
        FileSplit split = next();
        discover(file("a", 20));
        assertThat(takeAll()).isEmpty();
        finish(split, 10, Status.FINISHED);
        discover(file("a", 20));
        assertThat(takeAll()).containsExactly("1:a");
    }

    @Test
    void aReportThatIsRepeatedAfterAFailureDoesNotTakeTheFileBack() {
        discover(file("a", 10));
        FileSplit first = next();
        finish(first, 10, Status.FINISHED);
        discover(file("a", 20));
        finish(first, 10, Status.FINISHED);
        discover(file("a", 30));
        assertThat(takeAll()).containsExactly("1:a");
    }

    @Test
    void aRefusedFileIsNotLookedAtAgain() {
        discover(file("a", 10));
        finish(next(), 0, Status.REFUSED);
        discover(file("a", 20));
        assertThat(takeAll()).isEmpty();
    }

    @Test
    void aFileIsTakenOnceItHasBeenStillForLongEnough() {
        SplitCatalog settling = catalog(new PickupRules(Duration.ofSeconds(2), LINES, PART_BYTES, false));
        settling.discover(List.of(file("a", 10)), START);
        settling.discover(List.of(file("a", 20)), START.plusSeconds(1));
        settling.discover(List.of(file("a", 20)), START.plusMillis(2999));
        assertThat(settling.next(Set.of())).isEmpty();
        assertThat(settling.isSettling("news")).isTrue();
        settling.discover(List.of(file("a", 20)), START.plusSeconds(3));
        assertThat(settling.next(Set.of()).map(split -> split.file().sizeBytes()))
                .contains(20L);
        assertThat(settling.isSettling("news")).isFalse();
    }

    @Test
    void onlyFilesThatWereReadAndAreGoneAreForgotten() {
        discover(file("read", 1), file("reading", 1), file("hidden", 1), file("there", 1));
        for (String path : List.of("read", "reading", "hidden", "there")) {
            FileSplit split = next();
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
        finish(next(), 1, Status.FINISHED);
        catalog.forget("news", List.of(), file -> true);
        assertThat(catalog.knownFiles()).isEqualTo(1);
    }

    @Test
    void aCatalogMadeFromItsStateGoesOnTheSame() {
        discover(file("a", 1), file("b", 1));
        FileSplit first = next();
        SplitCatalog restored = new SplitCatalog(
                catalog.state(), Map.of("news", new PickupRules(Duration.ZERO, LINES, PART_BYTES, false)));
        restored.discover(List.of(file("a", 1), file("b", 1), file("c", 1)), START);
        assertThat(first.sequence()).isZero();
        assertThat(restored.next(Set.of()).map(FileSplit::splitId)).contains("1");
        assertThat(restored.next(Set.of()).map(FileSplit::splitId)).contains("2");
        assertThat(restored.next(Set.of())).isEmpty();
    }

    @Test
    void theBacklogIsWhatNobodyHasTaken() {
        discover(file("a", 10), file("b", 20));
        next();
        assertThat(catalog.pendingSplits()).isEqualTo(1);
        assertThat(catalog.backlog("news")).isEqualTo(new PendingSplits.Backlog(1, 20, 1020));
        next();
        assertThat(catalog.backlog("news")).isEqualTo(new PendingSplits.Backlog(0, 0, 0));
    }

    @Test
    void aLargeFileIsCutIntoPartsThatFollowEachOther() {
        discover(file("a", 250), file("b", 1));
        assertThat(List.of(next(), next(), next(), next()))
                .extracting(FileSplit::sequence, split -> split.file().path(), FileSplit::range)
                .containsExactly(
                        tuple(0L, "a", new Framing.Range(0, 100)),
                        tuple(1L, "a", new Framing.Range(100, 200)),
                        tuple(2L, "a", new Framing.Range(200, 250)),
                        tuple(3L, "b", new Framing.Range(0, 1)));
    }

    @Test
    void aFileThatCannotBeCutIsReadAsAWhole() {
        discover(file("a.gz", 250));
        assertThat(next().range()).isEqualTo(new Framing.Range(0, 250));
        assertThat(catalog.pendingSplits()).isZero();
    }

    @Test
    void aLargeFileThatHasGrownGoesOnBehindItsLastRecordWhateverPartIsReadLast() {
        discover(file("a", 400));
        List<FileSplit> parts = List.of(next(), next(), next(), next());
        // The third part has the last record, which reaches into the fourth; there is none in that.
        finish(parts.get(2), 350, Status.FINISHED);
        catalog.finished(parts.get(3).withProgress(ReadProgress.START.withStatus(Status.FINISHED)));
        finish(parts.get(1), 210, Status.FINISHED);
        discover(file("a", 500));
        assertThat(catalog.pendingSplits()).isZero();
        finish(parts.get(0), 110, Status.FINISHED);
        discover(file("a", 500));
        FileSplit grown = next();
        assertThat(grown.range()).isEqualTo(new Framing.Range(200, 500));
        assertThat(grown.progress().offset()).isEqualTo(350);
    }

    @Test
    void aFileOfWhichOnePartIsRefusedIsNotLookedAtAgain() {
        discover(file("a", 200));
        List<FileSplit> parts = List.of(next(), next());
        finish(parts.get(0), 0, Status.REFUSED);
        finish(parts.get(1), 200, Status.FINISHED);
        discover(file("a", 300));
        assertThat(takeAll()).isEmpty();
    }

    @Test
    void aFileThatIsOneRecordIsReadAnewWhenItChangesEvenIfItWasRefused() {
        SplitCatalog whole = catalog(new PickupRules(Duration.ZERO, WHOLE, PART_BYTES, false));
        whole.discover(List.of(file("a", 10)), START);
        FileSplit first = whole.next(Set.of()).orElseThrow();
        whole.finished(first.withProgress(new ReadProgress(10, 1, new Fingerprint(10, 99), Status.REFUSED)));
        whole.discover(List.of(file("a", 20)), START);
        assertThat(whole.next(Set.of())).contains(FileSplit.ofWhole(1, file("a", 20), ReadProgress.START));
    }

    @Test
    void aSourceThatRestsIsPassedOver() {
        SplitCatalog two = new SplitCatalog(
                CatalogState.EMPTY,
                Map.of(
                        "news", new PickupRules(Duration.ZERO, LINES, PART_BYTES, false),
                        "books", new PickupRules(Duration.ZERO, LINES, PART_BYTES, false)));
        two.discover(List.of(file("a", 1), file("b", 1), new FileRef("books", "c", 1, 1)), START);
        assertThat(two.next(Set.of("news")).map(FileSplit::sequence)).contains(2L);
        assertThat(two.next(Set.of("news"))).isEmpty();
        assertThat(two.next(Set.of("books")).map(FileSplit::sequence)).contains(0L);
        assertThat(two.next(Set.of()).map(FileSplit::sequence)).contains(1L);
    }

    @Test
    void whatWasReadToItsEndMayBeDeletedAndIsForgottenEvenIfNothingIsLeft() {
        SplitCatalog spool = catalog(new PickupRules(Duration.ZERO, LINES, PART_BYTES, true));
        spool.discover(List.of(file("read", 1), file("refused", 1), file("reading", 1)), START);
        FileSplit read = spool.next(Set.of()).orElseThrow();
        FileSplit refused = spool.next(Set.of()).orElseThrow();
        spool.finished(read.withProgress(new ReadProgress(1, 1, new Fingerprint(1, 99), Status.FINISHED)));
        spool.finished(refused.withProgress(new ReadProgress(0, 0, Fingerprint.NONE, Status.REFUSED)));
        assertThat(spool.deletable()).containsExactly(file("read", 1));
        spool.forget("news", List.of(), file -> file.path().equals("read"));
        assertThat(spool.state().known())
                .extracting(known -> known.file().path())
                .containsExactly("refused", "reading");
    }
}
