package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Subjects.KEPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding.Bound;

/** Three texts of which one is measured just below a threshold, one at it and one just above. */
record Threshold(String rule, Bound bound, double threshold, String below, String at, String above) {

    static Threshold atMost(String rule, double threshold, String below, String at, String above) {
        return new Threshold(rule, Bound.AT_MOST, threshold, below, at, above);
    }

    static Threshold atLeast(String rule, double threshold, String below, String at, String above) {
        return new Threshold(rule, Bound.AT_LEAST, threshold, below, at, above);
    }

    /** The text beyond the threshold is dropped for this rule, and the two others are kept. */
    void assertHeldBy(Filter filter) {
        assertThat(Subjects.value(filter, rule, below)).as("below").isLessThan(threshold);
        assertThat(Subjects.value(filter, rule, at)).as("at").isEqualTo(threshold, within(1e-9));
        assertThat(Subjects.value(filter, rule, above)).as("above").isGreaterThan(threshold);
        assertThat(Subjects.reason(filter, below)).as("below").isEqualTo(bound == Bound.AT_MOST ? KEPT : rule);
        assertThat(Subjects.reason(filter, at)).as("at").isEqualTo(KEPT);
        assertThat(Subjects.reason(filter, above)).as("above").isEqualTo(bound == Bound.AT_MOST ? rule : KEPT);
    }

    @Override
    public String toString() {
        return rule;
    }
}
