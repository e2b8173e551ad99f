package org.alluvium.ingest.record;

/** A record that is no document and was not meant to be one; nothing is wrong with it. */
public record Skipped(SkipReason reason) implements Parsed {}
