package org.alluvium.trainer.days;

import java.util.Comparator;
import org.alluvium.trainer.days.Dated.By;

/**
 * Documents of one period. Those that are dated by when they were read are strata of their own. Ordered by that, then by time.
 */
public record Stratum(By by, Period period) implements Comparable<Stratum> {

    private static final Comparator<Stratum> ORDER = Comparator.comparing(Stratum::by)
            .thenComparing(stratum -> stratum.period().from());

    /** That of the period, after {@code read} where it is one of reading. */
    public String name() {
        return (by == By.READ ? "read " : "") + period.name();
    }

    @Override
    public int compareTo(Stratum other) {
        return ORDER.compare(this, other);
    }
}
