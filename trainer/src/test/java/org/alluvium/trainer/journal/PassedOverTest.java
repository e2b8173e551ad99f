package org.alluvium.trainer.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.trainer.data.TakenDocuments.Passed;
import org.alluvium.trainer.journal.JournalLine.Part;
import org.junit.jupiter.api.Test;

class PassedOverTest {

    private static final List<Part> RECORDED = parts("a 5 9", "b 0 6", "c 0 4", "d 0 3");

    @Test
    void aDocumentThatIsPassedOverWhereItWasMayBeMissing() {
        List<Part> now = parts("a 5 9", "c 0 4", "d 0 8", "e 0 1");
        assertThat(PassedOver.explains(RECORDED, now, List.of(row(1, "b")))).isTrue();
        assertThat(PassedOver.explains(RECORDED, now, List.of(hole(1)))).isTrue();
    }

    @Test
    void aHoleElsewhereExcusesNothing() {
        List<Part> now = parts("a 5 9", "c 0 4", "d 0 8", "e 0 1");
        assertThat(PassedOver.explains(RECORDED, now, List.of(hole(0)))).isFalse();
        assertThat(PassedOver.explains(RECORDED, now, List.of(hole(3), hole(4))))
                .isFalse();
        assertThat(PassedOver.explains(RECORDED, now, List.of(row(1, "x")))).isFalse();
        assertThat(PassedOver.explains(RECORDED, now, List.of())).isFalse();
    }

    @Test
    void anotherDifferenceBesideIsNotExcused() {
        assertThat(PassedOver.explains(RECORDED, parts("a 5 8", "c 0 4", "d 0 9"), List.of(hole(1))))
                .isFalse();
        assertThat(PassedOver.explains(RECORDED, parts("a 5 9", "c 0 4"), List.of(hole(1))))
                .isFalse();
        assertThat(PassedOver.explains(RECORDED, parts("a 5 9", "c 0 4", "x 0 8"), List.of(hole(1))))
                .isFalse();
    }

    @Test
    void whereNothingIsMissingNothingIsExcused() {
        assertThat(PassedOver.explains(RECORDED, RECORDED, List.of(hole(1), row(4, "d"))))
                .isFalse();
    }

    @Test
    void ofTwoVersionsOfADocumentOneMayBeMissing() {
        List<Part> recorded = parts("a 0 9", "b 0 6", "b 0 6", "c 0 1");
        List<Part> now = parts("a 0 9", "b 0 6", "c 0 7");
        assertThat(PassedOver.explains(recorded, now, List.of(row(1, "b")))).isTrue();
        assertThat(PassedOver.explains(recorded, now, List.of(row(2, "b")))).isTrue();
    }

    @Test
    void holesThatWereThereBeforeMayStandBesideNewOnes() {
        List<Part> now = parts("a 5 9", "d 0 13");
        assertThat(PassedOver.explains(RECORDED, now, List.of(hole(0), hole(1), hole(1), hole(1), hole(2))))
                .isTrue();
        assertThat(PassedOver.explains(RECORDED, now, List.of(hole(0), hole(1), row(2, "d"))))
                .isFalse();
    }

    @Test
    void allOfAStepMayBeMissing() {
        List<Passed> all = Stream.of("a", "b", "c", "d").map(id -> row(0, id)).toList();
        assertThat(PassedOver.explains(RECORDED, parts("e 0 22"), all)).isTrue();
        assertThat(PassedOver.explains(RECORDED, List.of(), all)).isTrue();
    }

    private static Passed hole(int place) {
        return new Passed(place, Optional.empty());
    }

    private static Passed row(int place, String id) {
        return new Passed(place, Optional.of(id));
    }

    private static List<Part> parts(String... texts) {
        return Stream.of(texts)
                .map(text -> text.split(" "))
                .map(part -> new Part(part[0], Optional.empty(), Integer.parseInt(part[1]), Integer.parseInt(part[2])))
                .toList();
    }
}
