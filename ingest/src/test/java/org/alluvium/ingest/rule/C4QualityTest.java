package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Subjects.KEPT;
import static org.alluvium.ingest.rule.Subjects.changed;
import static org.alluvium.ingest.rule.Subjects.reason;
import static org.alluvium.ingest.rule.Subjects.rules;
import static org.alluvium.ingest.rule.Subjects.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.alluvium.contracts.config.C4QualityConfig;
import org.alluvium.contracts.config.C4QualityConfig.Unit;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class C4QualityTest {

    private static final C4Quality PUBLISHED =
            new C4Quality(new C4QualityConfig(Unit.LINES, 1000, true, true, 3, true, true, true, true, 5));

    /** Line rules alone, so that a page may be of one line. */
    private static final C4Quality LINES =
            new C4Quality(new C4QualityConfig(Unit.LINES, 1000, true, true, 3, true, true, true, true, 0));

    private static final C4Quality OFF =
            new C4Quality(new C4QualityConfig(Unit.LINES, 0, false, false, 0, false, false, false, false, 0));

    private static final String GOOD = "This line is good.";

    @Test
    void aPageNeedsFiveSentences() {
        assertThat(reason(PUBLISHED, "This is one. ".repeat(4))).isEqualTo("too_few_sentences");
        assertThat(reason(PUBLISHED, "This is one. ".repeat(5))).isEqualTo(KEPT);
        assertThat(reason(PUBLISHED, "This is one.\n".repeat(6))).isEqualTo(KEPT);
        assertThat(value(PUBLISHED, "too_few_sentences", "This is one. So are you? Yes!\nThat too."))
                .isEqualTo(3);
    }

    @Test
    void aLineNeedsThreeWords() {
        assertCut("Two words.");
        assertKept("It has three.");
        assertKept("Here are four words.");
    }

    @Test
    void noWordHasMoreThanAThousandCharacters() {
        assertKept("It is " + "x".repeat(998) + ".");
        assertKept("It is " + "x".repeat(999) + ".");
        assertCut("It is " + "x".repeat(1000) + ".");
        assertKept("It is " + "𝒶".repeat(999) + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"It ends well.", "Does it end?", "It does end!", "He says \"it ends\"", "He says 'it ends'"})
    void aLineEndsAsASentence(String line) {
        assertKept(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"It does not end", "It ends oddly,", "It goes on...", "It goes on…", "这行没有 句 号。"})
    void aLineThatDoesNotIsCut(String line) {
        assertCut(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please enable JavaScript now.",
                "See our Terms of Use here.",
                "Read the privacy policy first.",
                "Our Cookie Policy is long.",
                "This site uses cookies.",
                "About the use of cookies.",
                "We all use Cookies."
            })
    void linesThatEverySiteHasAreCut(String line) {
        assertCut(line);
    }

    @Test
    void loremIpsumAndCurlyBracketsDropThePage() {
        assertThat(reason(LINES, GOOD + "\nThen Lorem Ipsum dolor.")).isEqualTo("lorem_ipsum");
        assertThat(reason(LINES, GOOD + "\nif (a) { b(); } ends.")).isEqualTo("curly_bracket");
        assertThat(value(LINES, "lorem_ipsum", GOOD + "\nThen Lorem Ipsum dolor."))
                .isEqualTo(1);
        assertThat(value(LINES, "curly_bracket", GOOD)).isZero();
    }

    @Test
    void aLineThatIsCutDropsNoPage() {
        assertThat(changed(LINES, GOOD + "\nlorem ipsum {")).isEqualTo(GOOD); // no mark at its end
        assertThat(changed(LINES, GOOD + "\n{ here.")).isEqualTo(GOOD); // too few words
        assertThat(changed(LINES, GOOD + "\nSome javascript { here.")).isEqualTo(GOOD);
    }

    @Test
    void theFirstLineThatDropsThePageIsTheReason() {
        assertThat(reason(LINES, "An open { bracket.\nSome lorem ipsum too.")).isEqualTo("curly_bracket");
        assertThat(reason(LINES, "Both lorem ipsum and { here.")).isEqualTo("lorem_ipsum");
        assertThat(reason(PUBLISHED, "An open { bracket.")).isEqualTo("curly_bracket");
        assertThat(reason(LINES, "A privacy policy with { here.")).isEqualTo("curly_bracket");
    }

    @Test
    void citationMarksAreTakenOut() {
        assertThat(changed(LINES, "It is[1] so[] and[edit] so[citation needed]."))
                .isEqualTo("It is so and so.");
        assertThat(changed(LINES, "It is[a] so[1.")).isEqualTo("It is[a] so[1.");
        assertThat(changed(LINES, "One has[[12]] of it.")).isEqualTo("One has[] of it.");
        assertThat(changed(LINES, "Two words [1].\n" + GOOD)).startsWith("Two words ."); // counted before
        assertCut("It ends with one. [1]"); // a space is left at the end
    }

    @Test
    void whatIsLeftHasOneLineFeedBetweenLines() {
        assertThat(changed(LINES, "\n\t" + GOOD + " \r\n\n\u2028 " + GOOD + "\n"))
                .isEqualTo(GOOD + "\n" + GOOD);
    }

    @Test
    void linesAndMarksThatAreCutAreCounted() {
        Decision decision = LINES.judge(Subjects.english(
                GOOD + "\n\nno mark\nToo few.\nSome javascript here.\nUse cookies for it.\nIt is[1] so. It is[2] so.\n"
                        + "x".repeat(1001)));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Change.class,
                        change -> assertThat(change.edits())
                                .isEqualTo(Map.of(
                                        "no_terminal_punc", 1L,
                                        "too_few_words", 1L,
                                        "javascript", 1L,
                                        "policy", 1L,
                                        "too_long_word", 1L,
                                        "citations", 1L)));
    }

    @Test
    void aTextThatStaysAsItIsIsKept() {
        assertThat(LINES.judge(Subjects.english(GOOD + "\n" + GOOD))).isEqualTo(Decision.KEEP);
        assertThat(OFF.judge(Subjects.english("{ lorem ipsum javascript [1]"))).isEqualTo(Decision.KEEP);
        assertThat(OFF.examine(Subjects.english("any"))).hasSize(3).noneMatch(Finding::demands);
    }

    @Test
    void sentencesCanBeCutInsteadOfLines() {
        C4Quality sentences =
                new C4Quality(new C4QualityConfig(Unit.SENTENCES, 1000, true, true, 3, true, true, true, true, 2));

        assertThat(changed(sentences, "This one\nis good. Not so. This is javascript now. This is good!"))
                .isEqualTo("This one\nis good. This is good!");
        assertThat(reason(sentences, "This one is good. Not so.")).isEqualTo("too_few_sentences");
    }

    @Test
    void theRulesOfPagesHaveThePublishedOrder() {
        assertThat(rules(PUBLISHED, "")).containsExactly("lorem_ipsum", "curly_bracket", "too_few_sentences");
    }

    private static void assertCut(String line) {
        assertThat(changed(LINES, GOOD + "\n" + line)).isEqualTo(GOOD);
    }

    private static void assertKept(String line) {
        assertThat(changed(LINES, GOOD + "\n" + line)).isEqualTo(GOOD + "\n" + line);
    }
}
