package org.alluvium.ingest.record;

/**
 * A record that says that a document is no more.
 *
 * @param id of the document
 * @param source short name of the source that says so
 * @param origin where it says so
 * @param timeMillis when it was said, in milliseconds since the epoch
 */
public record ParsedDeletion(String id, String source, String origin, long timeMillis) implements Parsed {}
