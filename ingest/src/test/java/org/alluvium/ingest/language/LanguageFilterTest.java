package org.alluvium.ingest.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.alluvium.contracts.config.LanguageConfig;
import org.alluvium.contracts.config.LanguageConfig.Paragraphs;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.junit.jupiter.api.Test;

class LanguageFilterTest {

    private static final String GERMAN = "d".repeat(60);
    private static final String ENGLISH = "e".repeat(60);

    @Test
    void aDocumentIsLabelledWithTheLikeliestLanguage() {
        Decision decision = filter(List.of(), 0.65, Paragraphs.ALL).judge(subject("ddde"));

        assertThat(decision).isInstanceOfSatisfying(Decision.Change.class, change -> {
            assertThat(change.subject().language()).hasValue("de");
            assertThat(change.subject().languageConfidence()).hasValue(0.75);
            assertThat(change.edits()).isEmpty();
        });
    }

    @Test
    void aDocumentAtTheThresholdPassesAndOneBelowIsDropped() {
        LanguageFilter filter = filter(List.of(), 0.75, Paragraphs.ALL);

        assertThat(filter.judge(subject("ddde"))).isInstanceOf(Decision.Change.class);
        assertThat(filter.judge(subject("ddee")))
                .isEqualTo(new Decision.Drop(
                        "language_score", "de 0.500", List.of(Finding.atLeast("language_score", 0.5, 0.75))));
    }

    @Test
    void aDocumentInNoneOfTheKeptLanguagesIsDroppedWhateverTheThreshold() {
        assertThat(filter(List.of("zh"), 0, Paragraphs.ALL).judge(subject("dddd")))
                .isEqualTo(new Decision.Drop(
                        "language_score", "de 1.000", List.of(Finding.atLeast("language_score", 0, 0))));
        assertThat(filter(List.of(), 0, Paragraphs.ALL).judge(subject("1234")))
                .isInstanceOfSatisfying(
                        Decision.Drop.class, drop -> assertThat(drop.detail()).isEqualTo("no language"));
    }

    @Test
    void aKeptLanguageThatIsSureEnoughIsTheLabelThoughAnotherIsLikelier() {
        Decision decision = filter(List.of("en"), 0.25, Paragraphs.ALL).judge(subject("ddde"));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Change.class,
                        change -> assertThat(change.subject().language()).hasValue("en"));
    }

    @Test
    void aLanguageIsKeptInEveryScript() {
        assertThat(filter(List.of("zh"), 0.65, Paragraphs.ALL).judge(subject("tttt")))
                .isInstanceOfSatisfying(
                        Decision.Change.class,
                        change -> assertThat(change.subject().language()).hasValue("zh-Hant"));
    }

    @Test
    void paragraphsInOtherLanguagesAreCutAndCounted() {
        String text = GERMAN + "\n\n" + ENGLISH + "\ne\n" + GERMAN + "d";

        Decision decision = filter(List.of(), 0.5, Paragraphs.SAME).judge(subject(text));

        assertThat(decision).isInstanceOfSatisfying(Decision.Change.class, change -> {
            assertThat(change.subject().text()).isEqualTo(GERMAN + "\n\ne\n" + GERMAN + "d");
            assertThat(change.subject().language()).hasValue("de");
            assertThat(change.edits()).isEqualTo(Map.of("paragraphs", 1L));
        });
    }

    @Test
    void paragraphsStayWhereNothingElseIsAskedFor() {
        Decision decision = filter(List.of(), 0.5, Paragraphs.ALL).judge(subject(GERMAN + "d\n" + ENGLISH));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Change.class,
                        change -> assertThat(change.subject().text()).isEqualTo(GERMAN + "d\n" + ENGLISH));
    }

    @Test
    void aLanguageThatIsNeverFoundCannotBeKept() {
        assertThatThrownBy(() -> filter(List.of("de", "tlh"), 0.65, Paragraphs.ALL))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'tlh'")
                .hasMessageContaining("de, en, zh-Hant");
    }

    private static LanguageFilter filter(List<String> keep, double minConfidence, Paragraphs paragraphs) {
        LanguageConfig config = new LanguageConfig(true, keep, minConfidence, paragraphs, Optional.empty());
        return new LanguageFilter(config, new Letters());
    }

    private static Subject subject(String text) {
        return Subject.of(new Document("id", "s", "f@0", Optional.empty(), text, 0, Optional.empty(), Map.of()));
    }

    /** Takes each d for German, e for English and t for Chinese. */
    private static final class Letters implements LanguageIdentifier {

        private static final Map<Character, String> TAGS = Map.of('d', "de", 'e', "en", 't', "zh-Hant");

        @Override
        public List<LanguageScore> identify(String text) {
            long letters = text.chars().filter(Character::isLetter).count();
            return TAGS.entrySet().stream()
                    .map(tag -> new LanguageScore(
                            tag.getValue(),
                            text.chars().filter(c -> c == tag.getKey()).count() / (double) letters))
                    .filter(score -> score.confidence() > 0)
                    .sorted((a, b) -> {
                        int byConfidence = Double.compare(b.confidence(), a.confidence());
                        return byConfidence != 0 ? byConfidence : a.tag().compareTo(b.tag());
                    })
                    .toList();
        }

        @Override
        public Set<String> languages() {
            return new TreeSet<>(TAGS.values());
        }
    }
}
