package org.alluvium.flink.lines;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.boilerplate.TextLines;

/** Cuts marked lines out of documents; how many documents lost some is counted among the edits. */
final class CutLines {

    static final String EDIT = "lines.boilerplate";

    private CutLines() {}

    /** The outcome, which is a document where lines are marked, without those. */
    static Outcome settle(Outcome outcome, SortedSet<Integer> boilerplate) {
        if (boilerplate.isEmpty() || !(outcome instanceof Outcome.Unjudged unjudged)) {
            return outcome;
        }
        String text = unjudged.document().text();
        String left = TextLines.without(text, boilerplate);
        if (left.equals(text)) {
            return outcome;
        }
        Map<String, Long> edits = new TreeMap<>(unjudged.edits());
        edits.merge(EDIT, 1L, Long::sum);
        return new Outcome.Unjudged(
                unjudged.document().withText(left), unjudged.versioned(), unjudged.arrivedMillis(), edits);
    }
}
