package org.alluvium.ingest.mark;

import java.util.OptionalInt;
import org.alluvium.ingest.frame.ContentStream;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.RecordScanner;

/**
 * Records that begin, and perhaps end, with marks. Whatever stands between them and is no filler is a record too, so that
 * nothing is lost where a mark is damaged; and a record whose end is missing ends where the next one begins.
 */
public record MarkedFraming(Marks marks) implements Framing.Streamed {

    /** A mailbox: messages that begin with a separating line. */
    public static MarkedFraming mbox() {
        return new MarkedFraming(new MboxMarks());
    }

    /** A dump of MediaWiki: elements called {@code page}. */
    public static MarkedFraming mediaWiki() {
        return new MarkedFraming(new PageMarks());
    }

    @Override
    public OptionalInt lookBehind() {
        return OptionalInt.of(marks.lookBehind());
    }

    @Override
    public RecordScanner scan(ContentStream content, Entry entry, long maxRecordBytes) {
        return new MarkedScanner(marks, content, entry, maxRecordBytes);
    }
}
