package org.alluvium.ingest.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;

/**
 * What the rules of one family measure in one text. A threshold of 0 is a rule that is switched off: it settles nothing, and is
 * noted only where the whole is of interest.
 */
final class Measurement {

    private final boolean whole;
    private final List<Finding> findings = new ArrayList<>();

    private Optional<Finding> failed = Optional.empty();

    /** @param whole whether what comes after a rule that failed is of interest */
    Measurement(boolean whole) {
        this.whole = whole;
    }

    /** Notes a value that may not be greater; whether that settles the matter. */
    boolean atMost(String rule, double value, double threshold) {
        return threshold > 0 ? note(Finding.atMost(rule, value, threshold)) : off(rule, value);
    }

    /** Notes a value that may not be smaller; whether that settles the matter. */
    boolean atLeast(String rule, double value, double threshold) {
        return threshold > 0 ? note(Finding.atLeast(rule, value, threshold)) : off(rule, value);
    }

    /** Notes how often something occurs that may not occur at all, if the rule is on; whether that settles the matter. */
    boolean none(String rule, long occurrences, boolean on) {
        double value = (double) occurrences;
        return on ? note(Finding.atMost(rule, value, 0)) : off(rule, value);
    }

    private boolean off(String rule, double value) {
        if (whole) {
            findings.add(Finding.off(rule, value));
        }
        return false;
    }

    private boolean note(Finding finding) {
        findings.add(finding);
        if (failed.isEmpty() && finding.fails()) {
            failed = Optional.of(finding);
        }
        return !whole && failed.isPresent();
    }

    List<Finding> findings() {
        return findings;
    }

    /** Whether a rule has failed. */
    boolean hasFailed() {
        return failed.isPresent();
    }

    /** The verdict by these values alone. */
    Decision decision() {
        return failed.<Decision>map(first -> new Decision.Drop(first.rule(), "", findings))
                .orElse(Decision.KEEP);
    }

    /** A part of a whole, where no part of nothing is 0. */
    static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
