package org.alluvium.ingest.frame;

import java.util.OptionalInt;

/** A file is one record; an empty file holds none. */
public record WholeFileFraming() implements Framing.Streamed {

    @Override
    public boolean isWholeFile() {
        return true;
    }

    @Override
    public OptionalInt lookBehind() {
        return OptionalInt.empty();
    }

    @Override
    public RecordScanner scan(ContentStream content, Entry entry, long maxRecordBytes) {
        return new WholeFileScanner(content, maxRecordBytes);
    }
}
