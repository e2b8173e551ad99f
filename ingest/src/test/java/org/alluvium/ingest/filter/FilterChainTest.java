package org.alluvium.ingest.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterChainTest {

    private final List<String> asked = new ArrayList<>();

    @Test
    void theFirstFilterThatDropsEndsTheMatter() {
        FilterChain chain = new FilterChain(List.of(shout(), longerThan(5), longerThan(7)));

        Judgement judgement = chain.judge(document("abc"));

        assertThat(judgement).isInstanceOfSatisfying(Judgement.Rejected.class, rejected -> {
            assertThat(rejected.filter()).isEqualTo("longer_than_5");
            assertThat(rejected.drop().reason()).isEqualTo("too_short");
            assertThat(rejected.subject().text()).isEqualTo("ABC");
            assertThat(rejected.edits()).isEqualTo(Map.of("shout.letters", 3L));
        });
        assertThat(asked).containsExactly("shout", "longer_than_5");
    }

    @Test
    void aDocumentPassesWithWhatTheFiltersMadeOfIt() {
        Judgement judgement = new FilterChain(List.of(shout(), longerThan(3))).judge(document("abc"));

        assertThat(judgement).isInstanceOf(Judgement.Passed.class);
        assertThat(judgement.subject().text()).isEqualTo("ABC");
        assertThat(judgement.edits()).isEqualTo(Map.of("shout.letters", 3L));
    }

    @Test
    void anExplanationAsksEveryFilterOnce() {
        FilterChain chain = new FilterChain(List.of(longerThan(5), shout(), longerThan(2)));

        List<FilterChain.Opinion> opinions = chain.explain(document("abc")).opinions();

        assertThat(asked).containsExactly("longer_than_5", "shout", "longer_than_2");
        assertThat(opinions).extracting(FilterChain.Opinion::filter).isEqualTo(asked);
        assertThat(opinions.get(0).findings()).containsExactly(Finding.atLeast("too_short", 3, 5));
        assertThat(opinions.get(0).decision()).isInstanceOf(Decision.Drop.class);
        assertThat(opinions.get(2).decision()).isEqualTo(Decision.KEEP);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 9})
    void anExplanationComesToTheVerdict(int length) {
        FilterChain chain = new FilterChain(List.of(shout(), longerThan(3), shout(), longerThan(length)));

        for (String text : List.of("ab", "abcd", "abcdefghij")) {
            assertThat(chain.explain(document(text)).judgement())
                    .usingRecursiveComparison()
                    .isEqualTo(chain.judge(document(text)));
        }
    }

    @Test
    void aRuleThatIsOffDemandsNothing() {
        assertThat(Finding.off("rule", Double.MAX_VALUE))
                .matches(finding -> !finding.demands())
                .matches(finding -> !finding.fails());
        assertThat(Finding.atMost("rule", 1, 0).demands()).isTrue();
    }

    @Test
    void aValueThatEqualsItsThresholdPasses() {
        assertThat(Finding.atLeast("rule", 0.3, 0.3).fails()).isFalse();
        assertThat(Finding.atMost("rule", 0.3, 0.3).fails()).isFalse();
        assertThat(Finding.atLeast("rule", Math.nextDown(0.3), 0.3).fails()).isTrue();
        assertThat(Finding.atMost("rule", Math.nextUp(0.3), 0.3).fails()).isTrue();
    }

    private static Document document(String text) {
        return new Document("id", "source", "file@0", Optional.empty(), text, 0, Optional.empty(), Map.of());
    }

    private Filter shout() {
        return new Filter() {
            @Override
            public String name() {
                return "shout";
            }

            @Override
            public Decision judge(Subject subject) {
                asked.add(name());
                String text = subject.text();
                return new Decision.Change(
                        subject.withText(text.toUpperCase(Locale.ROOT)), Map.of("letters", (long) text.length()));
            }

            @Override
            public List<Finding> examine(Subject subject) {
                return List.of();
            }
        };
    }

    private Filter longerThan(int length) {
        return new Filter() {
            @Override
            public String name() {
                return "longer_than_" + length;
            }

            @Override
            public Decision judge(Subject subject) {
                asked.add(name());
                List<Finding> findings = examine(subject);
                return findings.get(0).fails() ? new Decision.Drop("too_short", "", findings) : Decision.KEEP;
            }

            @Override
            public List<Finding> examine(Subject subject) {
                return List.of(Finding.atLeast("too_short", subject.text().length(), length));
            }
        };
    }
}
