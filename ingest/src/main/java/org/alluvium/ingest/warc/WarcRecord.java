package org.alluvium.ingest.warc;

import java.util.Arrays;
import java.util.Optional;

/**
 * A record of a web archive.
 *
 * @param head version and named fields
 * @param block what the record holds, such as a response with all its headers
 * @see <a href="https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/">WARC 1.1</a>
 */
@SuppressWarnings("ArrayRecordComponent") // records are read once, never compared, and a copy of each would be waste
public record WarcRecord(MessageHead head, byte[] block) {

    /** What every record begins with. */
    public static final String MAGIC = "WARC/";

    /**
     * The record that the bytes are.
     *
     * @throws MalformedMessageException if they are not one record, whole
     */
    public static WarcRecord parse(byte[] bytes) throws MalformedMessageException {
        MessageHead head = MessageHead.parse(bytes);
        if (!head.startLine().startsWith(MAGIC)) {
            throw new MalformedMessageException("the record does not begin with " + MAGIC);
        }
        long announced = head.contentLength()
                .orElseThrow(() -> new MalformedMessageException("the record has no valid Content-Length"));
        int held = bytes.length - head.length();
        if (held != announced) {
            throw new MalformedMessageException(
                    "the record is cut short: " + held + " of " + announced + " bytes of its block are there");
        }
        return new WarcRecord(head, Arrays.copyOfRange(bytes, head.length(), bytes.length));
    }

    /** What kind of record it is: {@code response}, {@code conversion} and so on; empty if it does not say. */
    public String type() {
        return head.field("warc-type").orElse("");
    }

    /** The address that the record is about. */
    public Optional<String> targetUri() {
        // An example in WARC 1.0 has angle brackets around it, and some writers followed it.
        return head.field("warc-target-uri")
                .map(uri -> uri.startsWith("<") && uri.endsWith(">") ? uri.substring(1, uri.length() - 1) : uri);
    }

    /** When the record was made, as it is written. */
    public Optional<String> date() {
        return head.field("warc-date");
    }

    /** What the block is. */
    public MediaType contentType() {
        return MediaType.of(head);
    }
}
