package org.alluvium.trainer.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void anEndingIsChosenByLikelihoodAndByLikelihoodPerByte() {
        Question shortIsRight = new Question("", "a", List.of(" no", " a very long ending"), 0);
        Question longIsRight = new Question("", "a", List.of(" no", " a very long ending"), 1);
        List<Double> longIsLikelierPerByte = List.of(-3.0, -9.0);

        assertThat(new HellaSwag()
                        .figures(List.of(
                                new Answered(shortIsRight, longIsLikelierPerByte, false),
                                new Answered(longIsRight, longIsLikelierPerByte, false),
                                new Answered(longIsRight, longIsLikelierPerByte, false))))
                .containsExactlyInAnyOrderEntriesOf(Map.of("accuracy", 1.0 / 3, "normalizedAccuracy", 2.0 / 3));
    }

    @Test
    void lettersOfMoreBytesWeighMore() {
        Question question = new Question("", "a", List.of(" äöüß", " aouss"), 0);

        assertThat(new HellaSwag().figures(List.of(new Answered(question, List.of(-7.0, -5.0), false))))
                .containsEntry("normalizedAccuracy", 1.0);
    }

    @Test
    void theLossOfAWholeWordMakesThePerplexity() {
        Question question = new Question("", "a", List.of(" b"), 0);

        Map<String, Double> figures = new Lambada()
                .figures(List.of(
                        new Answered(question, List.of(-Math.log(4)), true),
                        new Answered(question, List.of(-Math.log(16)), false)));
        assertThat(figures.get("perplexity")).isCloseTo(8, within(1e-12));
        assertThat(figures.get("accuracy")).isEqualTo(0.5);
    }

    @Test
    void pointsOfGrammarCountTogetherAndEachAlone() {
        Question agreement = new Question("agreement", "", List.of("a", "b"), 0);
        Question islands = new Question("islands", "", List.of("a", "b"), 0);

        assertThat(new Blimp()
                        .figures(List.of(
                                new Answered(agreement, List.of(-1.0, -2.0), false),
                                new Answered(agreement, List.of(-1.0, -2.0), false),
                                new Answered(agreement, List.of(-2.0, -1.0), false),
                                new Answered(islands, List.of(-1.0, -1.0), false))))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("accuracy", 0.5, "accuracy/agreement", 2.0 / 3, "accuracy/islands", 0.0));
    }
}
