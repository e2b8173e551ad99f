package org.alluvium.ingest.rule;

import java.util.List;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;

/** A family of rules that measure a text and leave it as it is. */
abstract sealed class MeasuringFilter implements Filter permits FineWebQuality, GopherQuality, GopherRepetition {

    /**
     * Measures what the rules are about, in their order.
     *
     * @param whole whether to go on behind the first rule that fails
     */
    abstract Measurement measure(Subject subject, boolean whole);

    @Override
    public final Decision judge(Subject subject) {
        return measure(subject, false).decision();
    }

    @Override
    public final List<Finding> examine(Subject subject) {
        return measure(subject, true).findings();
    }
}
