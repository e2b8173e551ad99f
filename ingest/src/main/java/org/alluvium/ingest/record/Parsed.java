package org.alluvium.ingest.record;

/** What became of one record. */
public sealed interface Parsed permits ParsedDocument, ParsedDeletion, Skipped, DeadLetter {}
