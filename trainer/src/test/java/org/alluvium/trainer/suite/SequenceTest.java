package org.alluvium.trainer.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.junit.jupiter.api.Test;

class SequenceTest {

    private static final OptionalInt BOS = OptionalInt.of(1);

    @Test
    void theAnswerFollowsTheContext() {
        Sequence sequence = sequence(BOS, "5 6", " 7 8", 10);

        assertThat(sequence.ids()).containsExactly(1, 5, 6, 7, 8);
        assertThat(sequence.from()).isEqualTo(3);
    }

    @Test
    void withoutAContextOrAMarkTheFirstTokenIsNotPredicted() {
        assertThat(sequence(BOS, "", "5 6", 10).from()).isEqualTo(1);
        assertThat(sequence(OptionalInt.empty(), "", "5 6", 10).from()).isEqualTo(1);
        assertThat(sequence(OptionalInt.empty(), "", "5", 10).inputs()).isZero();
    }

    @Test
    void ofWhatIsTooLongTheBeginningIsLeftOut() {
        Sequence cutContext = sequence(BOS, "5 6 7", " 8 9", 3);
        assertThat(cutContext.ids()).containsExactly(6, 7, 8, 9);
        assertThat(cutContext.from()).isEqualTo(2);

        Sequence cutAnswer = sequence(BOS, "5", " 6 7 8 9", 2);
        assertThat(cutAnswer.ids()).containsExactly(7, 8, 9);
        assertThat(cutAnswer.from()).isEqualTo(1);
    }

    @Test
    void anAnswerThatChangesTheTokensBeforeItTakesThemOver() {
        try (Encoder encoder = PieceEncoder.of(Vocabulary.bundled())) {
            int[] whole = encoder.encode("The European");

            Sequence sequence = Sequence.of(encoder, OptionalInt.empty(), "The Europ", "ean", 10);

            assertThat(sequence.ids()).containsExactly(whole);
            assertThat(sequence.from()).isLessThan(whole.length);
        }
    }

    private static Sequence sequence(OptionalInt bos, String context, String answer, int length) {
        return Sequence.of(new NumberEncoder(), bos, context, answer, length);
    }
}
