package org.alluvium.cli.command;

import java.util.Locale;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Finding.Bound;

/** What a rule has measured, as people read it. */
final class FindingText {

    private static final double WHOLE_NUMBERS_END = 1e15;

    private FindingText() {}

    /** {@code rule 0.312, at most 0.3}. */
    static String of(Finding finding) {
        return finding.rule() + " " + number(finding.value()) + ", " + bound(finding);
    }

    /** {@code at most 0.3}, or {@code off} for a rule that demands nothing. */
    static String bound(Finding finding) {
        if (!finding.demands()) {
            return "off";
        }
        return (finding.bound() == Bound.AT_LEAST ? "at least " : "at most ") + number(finding.threshold());
    }

    /** Whole numbers without decimals, others with four figures. */
    static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < WHOLE_NUMBERS_END;
        return whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.4g", value);
    }
}
