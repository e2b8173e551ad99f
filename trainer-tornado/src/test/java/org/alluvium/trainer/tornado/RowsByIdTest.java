package org.alluvium.trainer.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowsByIdTest {

    @Test
    void rowsOfAnIdLieTogetherInTheirOrderAndIdsBeginWhereTheListSays() {
        assertThat(RowsById.of(new int[] {7, 3, 7, 0, 3, 7}))
                .containsExactly(3, 1, 4, 0, 2, 5, /* begins */ 0, 1, 3, 6, 6, 6, 6);
    }

    @Test
    void aBatchOfOneTokenIsOneGroup() {
        assertThat(RowsById.of(new int[] {5})).containsExactly(0, 0, 1);
    }

    @Test
    void equalIdsAreOneGroup() {
        assertThat(RowsById.of(new int[] {2, 2, 2})).containsExactly(0, 1, 2, 0, 3, 3, 3);
    }
}
