package org.alluvium.ingest.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.alluvium.contracts.document.Document;

/** Filters in the order in which they are asked. The first that drops a document ends the matter. */
public final class FilterChain {

    private final List<Filter> filters;

    public FilterChain(List<Filter> filters) {
        this.filters = List.copyOf(filters);
    }

    /** The verdict on a document. */
    public Judgement judge(Document document) {
        Subject subject = Subject.of(document);
        Map<String, Long> edits = new TreeMap<>();
        for (Filter filter : filters) {
            Decision decision = filter.concerns(subject) ? filter.judge(subject) : Decision.KEEP;
            if (decision instanceof Decision.Drop drop) {
                return new Judgement.Rejected(subject, edits, filter.name(), drop);
            }
            if (decision instanceof Decision.Change change) {
                subject = change.subject();
                change.edits().forEach((edit, count) -> edits.merge(filter.name() + '.' + edit, count, Long::sum));
            }
        }
        return new Judgement.Passed(subject, edits);
    }

    /**
     * What every filter that is concerned says of a document. Where a filter drops it the next ones are asked all the same, about the document
     * as it came to that filter.
     */
    public List<Explanation> explain(Document document) {
        Subject subject = Subject.of(document);
        List<Explanation> explanations = new ArrayList<>();
        for (Filter filter : filters) {
            if (!filter.concerns(subject)) {
                continue;
            }
            Decision decision = filter.judge(subject);
            explanations.add(new Explanation(filter.name(), filter.examine(subject), decision));
            if (decision instanceof Decision.Change change) {
                subject = change.subject();
            }
        }
        return explanations;
    }

    /** What one filter says of a document. */
    public record Explanation(String filter, List<Finding> findings, Decision decision) {
        public Explanation {
            findings = List.copyOf(findings);
        }
    }
}
