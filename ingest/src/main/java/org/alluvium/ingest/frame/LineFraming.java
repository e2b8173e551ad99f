package org.alluvium.ingest.frame;

import java.util.OptionalInt;

/** A record is a line, without its line feed. */
public record LineFraming() implements Framing.Streamed {

    /** A line begins at a place if and only if a line feed is right before it. */
    @Override
    public OptionalInt lookBehind() {
        return OptionalInt.of(1);
    }

    @Override
    public RecordScanner scan(ContentStream content, Entry entry, long maxRecordBytes) {
        return new LineScanner(content, entry, maxRecordBytes);
    }
}
