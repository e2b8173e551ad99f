package org.alluvium.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.alluvium.trainer.fixture.ListFeed;
import org.alluvium.trainer.model.Batch;
import org.junit.jupiter.api.Test;

class PackerTest {

    private static final TrainingDocument A = ListFeed.document("a", new int[] {10, 11, 12}, 0);
    private static final TrainingDocument B = ListFeed.document("b", new int[] {20, 21, 22, 23}, 0);
    private static final TrainingDocument C = ListFeed.document("c", new int[] {30, 31}, 0);

    private final Packer packer = new Packer(new BatchPlan(0, 1, 0, 2, 4, 1));

    @Test
    void documentsAreLaidOutAsTheOverviewShows() {
        assertThat(packer.add(A, 0)).isEqualTo(3);
        assertThat(packer.add(B, 0)).isEqualTo(4);
        assertThat(packer.add(C, 0)).isEqualTo(1);
        assertThat(packer.isFull()).isTrue();

        Batch batch = packer.batches().getFirst();
        assertThat(batch.inputs()).containsExactly(10, 11, 12, 20, 21, 22, 23, 30);
        assertThat(batch.targets()).containsExactly(11, 12, -1, 21, 22, 23, -1, 31);
        assertThat(batch.documentStart()).containsExactly(0, 0, 0, 3, 0, 0, 0, 3);
    }

    @Test
    void whatIsLeftOverBeginsTheNextStep() {
        packer.add(A, 0);
        packer.add(B, 0);
        int reached = packer.add(C, 0);
        packer.clear();
        packer.add(C, reached);

        assertThat(packer.pieces()).containsExactly(new Piece(C, 1, 2));
        assertThat(packer.batches().getFirst().inputs()).startsWith(31);
        assertThat(packer.batches().getFirst().targets()).startsWith(-1);
    }

    @Test
    void paddingIsADocumentOfItsOwnWithoutTargets() {
        packer.add(A, 0);

        Batch batch = packer.batches().getFirst();
        assertThat(batch.inputs()).containsExactly(10, 11, 12, 0, 0, 0, 0, 0);
        assertThat(batch.targets()).containsExactly(11, 12, -1, -1, -1, -1, -1, -1);
        assertThat(batch.documentStart()).containsExactly(0, 0, 0, 3, 0, 0, 0, 0);
        assertThat(batch.scoredTokens()).isEqualTo(2);
    }

    @Test
    void theBytesOfPiecesAddUpToTheDocuments() {
        Piece whole = new Piece(B, 0, 4);
        long cut = new Piece(B, 0, 1).textBytes() + new Piece(B, 1, 2).textBytes() + new Piece(B, 2, 4).textBytes();
        assertThat(whole.textBytes()).isEqualTo(B.textBytes());
        assertThat(cut).isEqualTo(B.textBytes());
    }
}
