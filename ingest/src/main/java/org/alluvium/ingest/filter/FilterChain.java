package org.alluvium.ingest.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Course course = new Course(document);
        for (Filter filter : filters) {
            if (filter.concerns(course.subject)) {
                course.take(filter, filter.judge(course.subject));
            }
            if (course.rejected.isPresent()) {
                break;
            }
        }
        return course.judgement();
    }

    /**
     * What every filter that is concerned says of a document. Where a filter drops it the next ones are asked all the same, about the document
     * as it came to that filter.
     */
    public Explanation explain(Document document) {
        Course course = new Course(document);
        List<Opinion> opinions = new ArrayList<>();
        for (Filter filter : filters) {
            if (filter.concerns(course.subject)) {
                Decision decision = filter.judge(course.subject);
                opinions.add(new Opinion(filter.name(), filter.examine(course.subject), decision));
                course.take(filter, decision);
            }
        }
        return new Explanation(opinions, course.judgement());
    }

    /**
     * What all filters say of a document.
     *
     * @param opinions of those that are concerned, in the order in which they were asked
     * @param judgement what it comes to, the same as {@link #judge} gives
     */
    public record Explanation(List<Opinion> opinions, Judgement judgement) {
        public Explanation {
            opinions = List.copyOf(opinions);
        }
    }

    /** What one filter says of a document. */
    public record Opinion(String filter, List<Finding> findings, Decision decision) {
        public Opinion {
            findings = List.copyOf(findings);
        }
    }

    /** A document on its way through the filters. */
    private static final class Course {

        private Subject subject;
        private final Map<String, Long> edits = new TreeMap<>();
        private Optional<Judgement> rejected = Optional.empty();

        Course(Document document) {
            subject = Subject.of(document);
        }

        void take(Filter filter, Decision decision) {
            if (decision instanceof Decision.Drop drop && rejected.isEmpty()) {
                rejected = Optional.of(new Judgement.Rejected(subject, edits, filter.name(), drop));
            } else if (decision instanceof Decision.Change change) {
                subject = change.subject();
                change.edits().forEach((edit, count) -> edits.merge(filter.name() + '.' + edit, count, Long::sum));
            }
        }

        Judgement judgement() {
            return rejected.orElseGet(() -> new Judgement.Passed(subject, edits));
        }
    }
}
