package org.alluvium.ingest.pii.span;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects spans that do not overlap, by their order in the text. */
public final class Spans {

    private final List<PiiSpan> spans = new ArrayList<>();

    /** Adds a span; it takes the place of those that it overlaps. */
    public void add(PiiSpan span) {
        while (!spans.isEmpty() && spans.get(spans.size() - 1).end() > span.start()) {
            spans.remove(spans.size() - 1);
        }
        spans.add(span);
    }

    public List<PiiSpan> list() {
        return Collections.unmodifiableList(spans);
    }
}
