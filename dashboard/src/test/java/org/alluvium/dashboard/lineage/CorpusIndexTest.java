package org.alluvium.dashboard.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.RowPlace;
import org.alluvium.dashboard.lineage.CorpusIndex.Kind;
import org.alluvium.dashboard.lineage.CorpusIndex.Place;
import org.alluvium.dashboard.lineage.CorpusIndex.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusIndexTest {

    private static final int OF_A_COMMIT = SmallCorpus.ROWS + 3;

    @TempDir
    private Path folder;

    private SmallCorpus corpus;

    @BeforeEach
    void write() throws IOException {
        corpus = new SmallCorpus(new CorpusLayout(folder.resolve("corpus")));
        corpus.write(3);
    }

    @Test
    void aRowIsFoundByItsIdAddressOriginAndHash() {
        for (String name :
                List.of("doc-17", "https://example.org/17", "part.jsonl@17", "00000000000000110000000000000011")) {
            DocumentSearch.Matches matches = search().named(name);
            assertThat(matches.documents()).singleElement().satisfies(document -> {
                assertThat(document.id()).isEqualTo("doc-17");
                assertThat(document.place()).isEqualTo(new RowPlace(1, 0, 7));
                assertThat(document.tokens()).isEqualTo(3);
                assertThat(document.readAt()).contains("2023-11-14T22:13:20.517Z");
                assertThat(document.committedAt()).isEqualTo("2026-01-02T03:04:06Z");
            });
            assertThat(matches.cut()).isFalse();
            assertThat(matches.rows()).isEqualTo(3L * OF_A_COMMIT);
        }
        assertThat(search().named("nobody").documents()).isEmpty();
    }

    @Test
    void whatWasDroppedRefusedOrChangedIsFoundToo() {
        DocumentSearch search = search();
        assertThat(search.rejects("rejected-2")).singleElement().satisfies(reject -> {
            assertThat(reject.entry()).isEqualTo(2);
            assertThat(reject.record().reason()).isEqualTo("too_short");
        });
        assertThat(search.rejects("short.jsonl@2")).hasSize(1);
        assertThat(search.letters("broken.jsonl@0")).hasSize(1);
        assertThat(search.letters("key-0"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.record().detail()).isEqualTo("it ends too early"));
        assertThat(search.changes("doc-1"))
                .singleElement()
                .satisfies(change -> assertThat(change.record().kind()).isEqualTo(DocumentChange.Kind.DELETED));
        assertThat(search.changes("doc-9")).isEmpty();
    }

    @Test
    void itFollowsTheLogAndIsReadFromItsFilesByTheNextProcess() throws IOException {
        CorpusIndex first = search().index();
        follow(first);
        assertThat(first.save()).isTrue();
        corpus.write(5);
        CorpusIndex next = search().index();
        assertThat(next.state().entries()).isEqualTo(3);
        assertThat(next.find("doc-17")).containsExactly(new Place(Kind.ROW, new RowPlace(1, 0, 7)));
        assertThat(next.find("doc-47")).isEmpty();
        follow(next);
        assertThat(next.find("doc-47")).containsExactly(new Place(Kind.ROW, new RowPlace(4, 0, 7)));
        assertThat(next.state().records()).isEqualTo(5L * OF_A_COMMIT);
    }

    @Test
    void aQuestionReadsNoMoreThanItMayAndTheNextOneGoesOn() {
        CorpusIndex index = search().index();
        assertThat(index.follow(OF_A_COMMIT, (done, all, records) -> {})).isFalse();
        assertThat(index.state().entries()).isEqualTo(1);
        assertThat(index.follow(Long.MAX_VALUE, (done, all, records) -> {})).isTrue();
        assertThat(index.state().entries()).isEqualTo(3);
    }

    @Test
    void whatIsTakenDownIsNotFoundBeforeItIsCarriedOutAndInNoFileAfterwards() throws IOException {
        DocumentSearch search = search();
        follow(search.index());
        search.index().save();
        DocumentSearch open = search();

        corpus.order(17);
        assertThat(search.named("doc-17").documents()).isEmpty();
        assertThat(open.named("https://example.org/17").documents()).isEmpty();
        assertThat(search.takedowns()).hasSize(1);

        corpus.takeDown(17);
        follow(search.index());
        assertThat(search.index().find("doc-17")).isEmpty();
        assertThat(search().index().find("https://example.org/17")).isEmpty();
        assertThat(search.named("doc-18").documents()).hasSize(1);
        assertThat(search.named("doc-27").documents()).hasSize(1);
        assertThat(open.named("doc-17").documents()).isEmpty();
        assertThat(open.named("doc-18").documents()).hasSize(1);
        assertThat(open.index().find("part.jsonl@17")).isEmpty();
    }

    @Test
    void aRowThatWasTakenDownTwiceOverIsForgottenFromWhatTheFirstRewriteLeft() throws IOException {
        corpus.takeDown(17);
        DocumentSearch search = search();
        follow(search.index());
        search.index().save();
        assertThat(search.index().find("doc-17")).isEmpty();
        assertThat(search.index().find("doc-18")).hasSize(1);
        assertThat(search.named("doc-18").documents()).hasSize(1);
    }

    @Test
    void anotherLogIsReadAnew() throws IOException {
        DocumentSearch search = search();
        follow(search.index());
        search.index().save();
        try (Stream<Path> entries = Files.list(corpus.layout().log())) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Files.delete(entry);
            }
        }
        Files.delete(corpus.layout().resolve("shards/1.parquet"));
        corpus.takeOverBy("another");
        corpus.write(2);
        DocumentSearch again = search();
        assertThat(again.named("doc-7").documents()).isEmpty();
        assertThat(again.named("doc-17").documents()).hasSize(1);
        assertThat(again.index().state().entries()).isEqualTo(2);
    }

    @Test
    void filesThatAreNotThereAreCounted() throws IOException {
        Files.delete(corpus.layout().resolve("shards/1.parquet"));
        Files.writeString(corpus.layout().resolve("rejects/0.avro"), "no rejects");
        CorpusIndex index = search().index();
        follow(index);
        State state = index.state();
        assertThat(state.unread()).isEqualTo(2);
        assertThat(state.entries()).isEqualTo(3);
        assertThat(search().named("doc-17").documents()).isEmpty();
        assertThat(search().named("doc-27").documents()).hasSize(1);
    }

    @Test
    void twoProcessesFollowOneLog() throws IOException {
        CorpusIndex one = search().index();
        CorpusIndex other = search().index();
        follow(one);
        corpus.write(4);
        follow(other);
        assertThat(other.save()).isTrue();
        assertThat(one.save()).isFalse();
        follow(one);
        for (CorpusIndex each : List.of(one, other)) {
            assertThat(each.find("doc-37")).hasSize(1);
            assertThat(each.state().records()).isEqualTo(4L * OF_A_COMMIT);
        }
    }

    private DocumentSearch search() {
        return new DocumentSearch(corpus.layout());
    }

    private static void follow(CorpusIndex index) {
        assertThat(index.follow(Long.MAX_VALUE, (done, all, records) -> {})).isTrue();
    }
}
