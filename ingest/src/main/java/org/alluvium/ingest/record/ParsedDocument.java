package org.alluvium.ingest.record;

import org.alluvium.contracts.document.Document;

/**
 * A record that is a document; its text is normalized and not blank.
 *
 * @param idGiven whether the id is the producer's, so that another document with it is another version of this one; one
 *     that was derived from the origin is not
 */
public record ParsedDocument(Document document, boolean idGiven) implements Parsed {}
