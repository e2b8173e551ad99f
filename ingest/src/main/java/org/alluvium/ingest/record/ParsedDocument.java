package org.alluvium.ingest.record;

import org.alluvium.contracts.document.Document;

/** A record that is a document; its text is normalized and not blank. */
public record ParsedDocument(Document document) implements Parsed {}
