package org.alluvium.ingest.decontamination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.DecontaminationConfig.Action;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.decontamination.DecontaminationFilter.Rules;
import org.alluvium.ingest.decontamination.EvaluationSets.Item;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.junit.jupiter.api.Test;

class DecontaminationFilterTest {

    private static final Rules GPT3 = new Rules(0, Action.CUT, 200, 200, 10);
    private static final String QUESTION =
            IntStream.range(0, 13).mapToObj(i -> "q" + i).collect(Collectors.joining(" "));
    private static final EvaluationSets SETS = new EvaluationSets.Builder(13)
            .add(new Item("quiz", "7"), QUESTION)
            .add(new Item("quiz", "8"), "What " + QUESTION.replace('q', 'r') + " at all?")
            .build();

    private static Decision judge(String text, Rules rules) {
        return new DecontaminationFilter(SETS, rules).judge(subject(text));
    }

    private static Subject subject(String text) {
        return Subject.of(new Document("id", "s", "f@0", Optional.empty(), text, 0, Optional.empty(), Map.of()));
    }

    /** A text of that many characters, none of them white space. */
    private static String filler(int characters) {
        return "x".repeat(characters);
    }

    @Test
    void aTextThatSharesNoNGramStaysAsItIs() {
        assertThat(judge(QUESTION.replace("q6", "other"), GPT3)).isEqualTo(Decision.KEEP);
        assertThat(judge("", GPT3)).isEqualTo(Decision.KEEP);
    }

    @Test
    void anNGramIsCutOutWithItsWindowOnEitherSide() {
        Decision decision = judge(filler(399) + ' ' + QUESTION + ' ' + filler(500), GPT3);

        assertThat(decision).isInstanceOfSatisfying(Decision.Change.class, change -> {
            assertThat(change.subject().text()).isEqualTo(filler(200) + "\n\n" + filler(301));
            assertThat(change.edits()).isEqualTo(Map.of("quiz/7", 1L));
        });
    }

    @Test
    void caseAndPunctuationMakeNoDifference() {
        String written = "«" + QUESTION.toUpperCase(Locale.ROOT).replace(" ", ",  ") + "»?!";

        assertThat(judge(filler(600) + ' ' + written, GPT3))
                .isInstanceOfSatisfying(
                        Decision.Change.class,
                        change ->
                                // the window begins 200 characters before the first letter, of which one is the
                                // quotation mark
                                assertThat(change.subject().text()).isEqualTo(filler(402)));
    }

    @Test
    void piecesOfExactlyTheLeastLengthStayAndShorterOnesGo() {
        assertThat(judge(filler(399) + ' ' + QUESTION, GPT3)).isInstanceOf(Decision.Change.class);
        assertThat(judge(filler(398) + ' ' + QUESTION, GPT3))
                .isEqualTo(new Decision.Drop(
                        "nothing_left",
                        "n-grams shared with quiz/7: 1",
                        List.of(
                                Finding.atMost("contaminated", 1, 0),
                                Finding.atMost("too_many_pieces", 1, 10),
                                Finding.atLeast("nothing_left", 199, 200))));
    }

    @Test
    void lengthsAreCodePoints() {
        assertThat(judge("𐐨".repeat(399) + ' ' + QUESTION, GPT3))
                .isInstanceOfSatisfying(
                        Decision.Change.class,
                        change -> assertThat(change.subject().text()).isEqualTo("𐐨".repeat(200)));
    }

    @Test
    void aDocumentInMorePiecesThanAllowedIsDropped() {
        String cut = filler(600) + ' ' + QUESTION + ' ';

        assertThat(judge(cut.repeat(9) + filler(600), GPT3)).isInstanceOf(Decision.Change.class); // ten pieces
        assertThat(judge(cut.repeat(10) + filler(600), GPT3)).isInstanceOfSatisfying(Decision.Drop.class, drop -> {
            assertThat(drop.reason()).isEqualTo("too_many_pieces");
            assertThat(drop.findings()).last().isEqualTo(Finding.atMost("too_many_pieces", 11, 10));
        });
    }

    @Test
    void collisionsUpToTheLimitAreLeftAlone() {
        Rules one = new Rules(1, Action.DROP, 200, 200, 10);

        assertThat(judge(QUESTION, one)).isEqualTo(Decision.KEEP);
        assertThat(judge(QUESTION + ' ' + QUESTION.replace('q', 'r'), one))
                .isEqualTo(new Decision.Drop(
                        "contaminated",
                        "n-grams shared with quiz/7: 1, quiz/8: 1",
                        List.of(Finding.atMost("contaminated", 2, 1))));
    }

    @Test
    void anExaminationTellsAllThatIsMeasured() {
        assertThat(new DecontaminationFilter(SETS, GPT3).examine(subject(filler(999) + ' ' + QUESTION)))
                .containsExactly(
                        Finding.atMost("contaminated", 1, 0),
                        Finding.atMost("too_many_pieces", 1, 10),
                        Finding.atLeast("nothing_left", 800, 200));
        assertThat(new DecontaminationFilter(SETS, GPT3).examine(subject("clean")))
                .containsExactly(Finding.atMost("contaminated", 0, 0));
    }

    @Test
    void itemsBeyondTheFifthAreNamedTogether() {
        EvaluationSets.Builder many = new EvaluationSets.Builder(13);
        StringBuilder text = new StringBuilder();
        for (int item = 0; item < 7; item++) {
            String question = QUESTION.replace("q", "q" + item + "a");
            many.add(new Item("quiz", "" + item), question);
            text.append(question).append(' ');
        }
        Rules drop = new Rules(0, Action.DROP, 200, 200, 10);

        assertThat(new DecontaminationFilter(many.build(), drop).judge(subject(text.toString())))
                .isInstanceOfSatisfying(
                        Decision.Drop.class,
                        decision -> assertThat(decision.detail())
                                .isEqualTo("n-grams shared with quiz/0: 1, quiz/1: 1, quiz/2: 1, quiz/3: 1, quiz/4: 1,"
                                        + " quiz/others: 2"));
    }

    @Test
    void overlappingNGramsAreOneCut() {
        assertThat(judge(filler(600) + " what " + QUESTION.replace('q', 'r') + " at all " + filler(600), GPT3))
                .isInstanceOfSatisfying(Decision.Change.class, change -> {
                    assertThat(change.subject().text()).isEqualTo(filler(401) + "\n\n" + filler(401));
                    assertThat(change.edits()).isEqualTo(Map.of("quiz/8", 4L));
                });
    }
}
