package org.alluvium.ingest.record;

import java.util.Map;
import org.alluvium.contracts.document.Document;

/**
 * A record that is a document; its text is normalized and not blank.
 *
 * @param idGiven whether the id is the producer's, so that another document with it is another version of this one; one
 *     that was derived from the origin is not
 * @param edits how often what was changed in the text to bring it into normal form, by the names of {@link
 *     org.alluvium.ingest.text.TextRepair}
 */
public record ParsedDocument(Document document, boolean idGiven, Map<String, Long> edits) implements Parsed {
    public ParsedDocument {
        edits = Map.copyOf(edits);
    }
}
