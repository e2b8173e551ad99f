package org.alluvium.ingest.filter;

import java.util.Map;

/** What a whole chain of filters makes of a document. */
public sealed interface Judgement {

    /** The document, as the filters have left it. */
    Subject subject();

    /** How often what was changed, by {@code filter.edit}; also where the document was rejected in the end. */
    Map<String, Long> edits();

    /** Every filter let it pass. */
    record Passed(Subject subject, Map<String, Long> edits) implements Judgement {
        public Passed {
            edits = Map.copyOf(edits);
        }
    }

    /**
     * A filter dropped it.
     *
     * @param subject the document as it came to that filter
     * @param filter name of the filter
     */
    record Rejected(Subject subject, Map<String, Long> edits, String filter, Decision.Drop drop) implements Judgement {
        public Rejected {
            edits = Map.copyOf(edits);
        }
    }
}
