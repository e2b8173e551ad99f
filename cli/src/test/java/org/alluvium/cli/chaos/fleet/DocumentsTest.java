package org.alluvium.cli.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    private static final List<Documents.Message> SOME =
            LongStream.range(0, 200).mapToObj(new Documents(3)::message).toList();

    @Test
    void aMessageFollowsFromSeedAndNumber() {
        assertThat(new Documents(3).message(17)).isEqualTo(SOME.get(17));
        assertThat(new Documents(4).message(17).text())
                .isNotEqualTo(SOME.get(17).text());
    }

    @Test
    void someAreSentTwiceToTheLetterByTheSameWay() {
        assertThat(SOME.get(27).json()).isEqualTo(SOME.get(22).json());
        assertThat(SOME.get(27).toFile()).isEqualTo(SOME.get(22).toFile()).isFalse();
    }

    @Test
    void someHaveTheTextOfAnotherUnderAnIdOfTheirOwnInAFile() {
        assertThat(SOME.get(49).text()).isEqualTo(SOME.get(2).text());
        assertThat(SOME.get(49).id()).isNotEqualTo(SOME.get(2).id());
        assertThat(SOME.get(49).toFile()).isTrue();
    }

    @Test
    void allOthersDiffer() {
        assertThat(SOME.stream().map(Documents.Message::text).distinct()).hasSize(200 - 9 - 4);
        assertThat(SOME.stream().map(Documents.Message::id).distinct()).hasSize(200 - 9);
    }
}
