package org.alluvium.ingest.filter;

import java.util.List;
import java.util.Map;

/** What one filter makes of a document. */
public sealed interface Decision {

    /** The document passes as it is. */
    Decision KEEP = new Keep();

    /** See {@link #KEEP}. */
    record Keep() implements Decision {}

    /**
     * The document passes with changes.
     *
     * @param subject the document from here on
     * @param edits how often what was changed, by a short name; may be empty, as when only a label was added
     */
    record Change(Subject subject, Map<String, Long> edits) implements Decision {
        public Change {
            edits = Map.copyOf(edits);
        }
    }

    /**
     * The document is rejected.
     *
     * @param reason name of the rule that failed, in the words of its publication
     * @param detail what failed, for a person; may be empty
     * @param findings what was measured, up to and with the rule that failed
     */
    record Drop(String reason, String detail, List<Finding> findings) implements Decision {
        public Drop {
            findings = List.copyOf(findings);
        }
    }
}
