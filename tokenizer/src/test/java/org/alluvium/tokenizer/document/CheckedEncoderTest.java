package org.alluvium.tokenizer.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.junit.jupiter.api.Test;

class CheckedEncoderTest {

    private static final int[] RIGHT = {5, 6, 7};
    private static final int[] WRONG = {5, 9};

    private final Told told = new Told();
    private final Agreement agreement = new Agreement();
    private final Counting reference = new Counting();

    @Test
    void theFirstDocumentsAreComparedAndNoMore() {
        CheckedEncoder encoder = encoder(new Checks(3, 0));

        IntStream.range(0, 10)
                .forEach(i -> assertThat(encoder.encode("d" + i, "fine")).isEqualTo(RIGHT));

        assertThat(told.agreed).isEqualTo(3);
        assertThat(reference.texts).isEqualTo(3);
        assertThat(encoder.hasFallenBack()).isFalse();
    }

    @Test
    void ofTheOthersAShareIsComparedThatTheirIdsChoose() {
        CheckedEncoder encoder = encoder(new Checks(0, 0.1));
        CheckedEncoder again = encoder(new Checks(0, 0.1));

        IntStream.range(0, 5000).forEach(i -> encoder.encode("document-" + i, "fine"));
        int first = told.agreed;
        IntStream.range(0, 5000).forEach(i -> again.encode("document-" + i, "fine"));

        assertThat(first).isBetween(400, 600);
        assertThat(told.agreed).isEqualTo(2 * first);
    }

    @Test
    void aDocumentThatDiffersHasTheReferencesIdsAndSoHaveAllAfterIt() {
        CheckedEncoder encoder = encoder(new Checks(1, 0));

        assertThat(encoder.encode("odd", "one that fails")).isEqualTo(RIGHT);
        assertThat(encoder.encode("next", "another that fails")).isEqualTo(RIGHT);

        assertThat(encoder.hasFallenBack()).isTrue();
        assertThat(told.disagreements).containsExactly(new Disagreement("odd", 1, List.of(9), List.of(6, 7)));
    }

    @Test
    void allEncodersOfOneAgreementFallBackTogether() {
        CheckedEncoder finder = encoder(new Checks(1, 0));
        CheckedEncoder other = encoder(Checks.NONE);

        assertThat(other.encode("a", "one that fails")).isEqualTo(WRONG);
        finder.encode("b", "one that fails");

        assertThat(other.encode("a", "one that fails")).isEqualTo(RIGHT);
        assertThat(told.disagreements).hasSize(1);
    }

    @Test
    void withoutAReferenceIdsAreOurs() {
        agreement.end();
        CheckedEncoder encoder = new CheckedEncoder(fast(), Optional.empty(), new Checks(9, 1), agreement, told);

        assertThat(encoder.encode("a", "one that fails")).isEqualTo(WRONG);
        assertThat(encoder.hasFallenBack()).isFalse();
    }

    @Test
    void aTextThatTheReferenceEncodesInSegmentsIsNotCompared() {
        CheckedEncoder encoder = encoder(new Checks(1, 1));

        encoder.encode("long", "x".repeat(NativeEncoder.SEGMENT_LENGTH + 1));

        assertThat(reference.texts).isZero();
        assertThat(told.agreed).isZero();
    }

    @Test
    void aTextThatTheReferenceRefusesHasOurIds() {
        CheckedEncoder encoder = encoder(new Checks(2, 0));

        assertThat(encoder.encode("odd", Counting.REFUSED)).isEqualTo(RIGHT);
        assertThat(encoder.hasFallenBack()).isFalse();
        agreement.end();
        assertThat(encoder.encode("odd", Counting.REFUSED)).isEqualTo(RIGHT);
    }

    private CheckedEncoder encoder(Checks checks) {
        return new CheckedEncoder(fast(), Optional.of(reference), checks, agreement, told);
    }

    private static Encoder fast() {
        return new Encoder() {
            @Override
            public int[] encode(String text) {
                return text.endsWith("fails") ? WRONG : RIGHT;
            }

            @Override
            public void close() {
                // There is nothing to free.
            }
        };
    }

    private static final class Counting implements Encoder {

        private static final String REFUSED = "</s>";

        private int texts;

        @Override
        public int[] encode(String text) {
            texts++;
            if (text.equals(REFUSED)) {
                throw new DataException("a text is refused", "a model", "Take another.");
            }
            return RIGHT;
        }

        @Override
        public void close() {
            // There is nothing to free.
        }
    }

    private static final class Told implements Watch {

        private final List<Disagreement> disagreements = new ArrayList<>();
        private int agreed;

        @Override
        public void agreed() {
            agreed++;
        }

        @Override
        public void differs(Disagreement disagreement) {
            disagreements.add(disagreement);
        }

        @Override
        public void cannotCheck(String why) {
            throw new AssertionError("there is a reference: " + why);
        }
    }
}
