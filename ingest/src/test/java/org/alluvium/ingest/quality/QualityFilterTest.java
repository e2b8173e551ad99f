package org.alluvium.ingest.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.quality.QualityFilter.Scope;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;

class QualityFilterTest {

    /** Scores every text a half. */
    private static final QualityModel INDIFFERENT = new QualityModel(
            Features.WORDS, 0, new float[Features.WORDS.buckets()], new QualityModel.Training(1, 1, 1, 1));

    private static Subject subject(String text, String language) {
        return Subject.of(new Document("id", "web", "f@0", Optional.empty(), text, 0, Optional.of(language), Map.of()));
    }

    private static Decision judge(KeepRule rule, Scope scope) {
        return new QualityFilter(INDIFFERENT, rule, scope).judge(subject("some text", "zh-Hant"));
    }

    @Test
    void aDocumentThatIsKeptHasItsScore() {
        assertThat(judge(new KeepRule.Threshold(0.5), Scope.ALL))
                .isInstanceOfSatisfying(Decision.Change.class, change -> {
                    assertThat(change.subject().quality()).hasValue(0.5);
                    assertThat(change.subject().text()).isEqualTo("some text");
                    assertThat(change.edits()).isEmpty();
                });
    }

    @Test
    void aScoreBelowWhatIsDemandedDrops() {
        double more = Math.nextUp(0.5);

        assertThat(judge(new KeepRule.Threshold(more), Scope.ALL))
                .isEqualTo(new Decision.Drop("low_score", "", List.of(Finding.atLeast("low_score", 0.5, more))));
    }

    @Test
    void theDrawOfTheParetoRuleIsOfTheTextAlone() {
        QualityFilter filter = new QualityFilter(INDIFFERENT, KeepRule.GPT3, Scope.ALL);

        assertThat(filter.examine(subject("some text", "de")))
                .isEqualTo(filter.examine(subject("some text", "en")))
                .containsExactly(Finding.atLeast("pareto", 0.5, KeepRule.GPT3.demands(ContentHasher.v1("some text"))));
    }

    @Test
    void documentsOutOfScopePassWithoutAScore() {
        KeepRule none = new KeepRule.Threshold(1);

        assertThat(judge(none, new Scope(Set.of("books"), Set.of()))).isEqualTo(Decision.KEEP);
        assertThat(judge(none, new Scope(Set.of("web"), Set.of("en")))).isEqualTo(Decision.KEEP);
        assertThat(judge(none, new Scope(Set.of("web"), Set.of("zh")))).isInstanceOf(Decision.Drop.class);
        assertThat(judge(none, new Scope(Set.of(), Set.of("zh-Hant")))).isInstanceOf(Decision.Drop.class);
    }
}
