package org.alluvium.ingest.frame;

import java.util.OptionalInt;

/**
 * A record is a record of a web archive (WARC, or the WET files made of it): its header, an empty line and as many bytes as
 * the header says, without the empty lines behind it. An archive cannot be cut into ranges, because a record may hold another
 * archive, so that only from the beginning of the file can be told where one begins.
 */
public record WarcFraming() implements Framing.Streamed {

    @Override
    public OptionalInt lookBehind() {
        return OptionalInt.empty();
    }

    @Override
    public RecordScanner scan(ContentStream content, Entry entry, long maxRecordBytes) {
        return new WarcScanner(content, maxRecordBytes);
    }
}
