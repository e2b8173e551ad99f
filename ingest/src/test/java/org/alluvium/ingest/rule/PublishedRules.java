package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Subjects.KEPT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds of every family of rules that measure a text; its test says which they are. */
interface PublishedRules {

    /** The family with its published thresholds. */
    Filter published();

    /** The same where every threshold is 0. */
    Filter switchedOff();

    /** One for each rule, in the published order. */
    List<Threshold> thresholds();

    @TestFactory
    default Stream<DynamicTest> aValueMayReachItsThresholdAndNotPassIt() {
        return thresholds().stream()
                .map(threshold -> DynamicTest.dynamicTest(threshold.rule(), () -> threshold.assertHeldBy(published())));
    }

    @Test
    default void theRulesHaveThePublishedOrder() {
        assertThat(Subjects.rules(published(), "any")).isEqualTo(rules());
    }

    @Test
    default void aThresholdOfZeroSwitchesARuleOffThatIsMeasuredAllTheSame() {
        String bad = "# a\n# a";

        assertThat(Subjects.reason(published(), bad)).isNotEqualTo(KEPT);
        assertThat(Subjects.reason(switchedOff(), bad)).isEqualTo(KEPT);
        assertThat(switchedOff().examine(Subjects.english(bad)))
                .noneMatch(Finding::demands)
                .extracting(Finding::rule)
                .isEqualTo(rules());
    }

    private List<String> rules() {
        return thresholds().stream().map(Threshold::rule).toList();
    }
}
