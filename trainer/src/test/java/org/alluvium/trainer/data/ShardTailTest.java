package org.alluvium.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TinyVocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTailTest {

    private static final int VOCABULARY = 20;

    @TempDir
    private Path folder;

    private Vocabulary vocabulary;
    private TestCorpus corpus;

    @BeforeEach
    void createCorpus() {
        vocabulary = TinyVocabulary.of(folder, VOCABULARY);
        corpus = new TestCorpus(new CorpusLayout(folder.resolve("corpus")), vocabulary, "writer");
    }

    @Test
    void documentsComeInTheOrderOfTheLogThenTheEnd() throws InterruptedException {
        List<ShardRow> rows = TestCorpus.documents(1, 20, 9, VOCABULARY);
        corpus.commit(false, rows.subList(0, 3), rows.subList(3, 4));
        corpus.fence();
        corpus.commit(false);
        corpus.commit(true, rows.subList(4, 20));

        assertThat(ids(Position.START)).containsExactlyElementsOf(idsOf(rows));
    }

    @Test
    void everyPositionIsAPlaceToReadOnFrom() throws InterruptedException {
        List<ShardRow> rows = TestCorpus.documents(1, 9, 9, VOCABULARY);
        corpus.commit(false, rows.subList(0, 3), rows.subList(3, 4));
        corpus.commit(true, rows.subList(4, 9));
        List<Position> positions = new ArrayList<>(List.of(Position.START));
        try (ShardTail tail = tail(Position.START)) {
            DocumentFeed.Item item = tail.next();
            while (item instanceof DocumentFeed.Read read) {
                positions.add(read.after());
                item = tail.next();
            }
        }
        for (int i = 0; i < positions.size(); i++) {
            assertThat(ids(positions.get(i))).containsExactlyElementsOf(idsOf(rows.subList(i, rows.size())));
        }
    }

    @Test
    void aRepeatedDocumentComesThatOftenAndCanBeLeftInBetween() throws InterruptedException {
        corpus.commit(true, List.of(TestCorpus.row("a", new int[] {1, 4}, new ContentHash(0, 0), 3)));

        assertThat(ids(Position.START)).containsExactly("a", "a", "a");
        assertThat(ids(new Position(0, 0, 0, 2))).containsExactly("a");
        assertThat(ids(new Position(0, 0, 1, 0))).isEmpty();
    }

    @Test
    void afterTheEndOfInputACorpusIsCompleteWhereverItIsEntered() throws InterruptedException {
        corpus.commit(true, TestCorpus.documents(1, 2, 9, VOCABULARY));
        corpus.fence();
        try (ShardTail tail = tail(Position.startOf(1))) {
            assertThat(tail.next()).isInstanceOf(DocumentFeed.Complete.class);
        }
    }

    @Test
    void moreDocumentsAfterAnEndOfInputAreRead() throws InterruptedException {
        List<ShardRow> rows = TestCorpus.documents(1, 4, 9, VOCABULARY);
        corpus.commit(true, rows.subList(0, 2));
        corpus.commit(true, rows.subList(2, 4));

        assertThat(ids(Position.START)).containsExactlyElementsOf(idsOf(rows));
        assertThat(ids(Position.startOf(1))).containsExactlyElementsOf(idsOf(rows.subList(2, 4)));
    }

    @Test
    void aShardThatIsNotWhatTheLogSaysIsRefused() throws IOException {
        corpus.commit(true, TestCorpus.documents(1, 5, 9, VOCABULARY));
        Path shard = corpus.layout().resolve("shards/00000000-0.parquet");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[bytes.length / 2] ^= 1;
        Files.write(shard, bytes);

        assertThatThrownBy(() -> ids(Position.START))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(shard.toString())
                .hasMessageContaining("SHA-256");
    }

    @Test
    void aMissingShardIsRefused() throws IOException {
        corpus.commit(true, TestCorpus.documents(1, 5, 9, VOCABULARY));
        Files.delete(corpus.layout().resolve("shards/00000000-0.parquet"));

        assertThatThrownBy(() -> ids(Position.START))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not there");
    }

    @Test
    void aShardOfAnotherVocabularyIsRefusedWithBothDigestsNamed() {
        corpus.commit(true, TestCorpus.documents(1, 5, 9, VOCABULARY));
        Vocabulary other = TinyVocabulary.of(folder, VOCABULARY + 1);
        ShardOpener opener = new ShardOpener(corpus.layout(), other, new DocumentEnds(true, false));

        assertThatThrownBy(() -> ids(opener, Position.START))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(vocabulary.digest())
                .hasMessageContaining(other.digest());
    }

    @Test
    void aShardWithOtherEndsOfDocumentsIsRefused() {
        corpus.commit(true, TestCorpus.documents(1, 5, 9, VOCABULARY));
        ShardOpener opener = new ShardOpener(corpus.layout(), vocabulary, new DocumentEnds(true, true));

        assertThatThrownBy(() -> ids(opener, Position.START))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("addEos");
    }

    @Test
    void aTokenOutsideTheVocabularyIsRefused() {
        int[] ids = {1, VOCABULARY};
        corpus.commit(true, List.of(TestCorpus.row("bad", ids, new ContentHash(0, 0), 1)));

        assertThatThrownBy(() -> ids(Position.START))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bad");
    }

    private List<String> ids(Position from) throws InterruptedException {
        return ids(new ShardOpener(corpus.layout(), vocabulary, new DocumentEnds(true, false)), from);
    }

    private static List<String> ids(ShardOpener opener, Position from) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        try (ShardTail tail = ShardTail.open(opener, from)) {
            DocumentFeed.Item item = tail.next();
            while (!(item instanceof DocumentFeed.Complete)) {
                if (item instanceof DocumentFeed.Read read) {
                    ids.add(read.document().id());
                }
                item = tail.next();
            }
        }
        return ids;
    }

    private ShardTail tail(Position from) {
        return ShardTail.open(new ShardOpener(corpus.layout(), vocabulary, new DocumentEnds(true, false)), from);
    }

    private static List<String> idsOf(List<ShardRow> rows) {
        return rows.stream().map(ShardRow::documentId).toList();
    }
}
