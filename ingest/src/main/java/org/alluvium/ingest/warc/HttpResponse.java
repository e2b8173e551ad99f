package org.alluvium.ingest.warc;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer of a web server as a crawler kept it.
 *
 * @param status status code
 * @param head status line and fields
 * @param body the body as it was sent, which may be encoded
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
@SuppressWarnings("ArrayRecordComponent") // responses are read once, never compared, and a copy of each would be waste
public record HttpResponse(int status, MessageHead head, byte[] body) {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/\\d(?:\\.\\d)?\\s+(\\d{3})\\b.*");

    /**
     * The response that a record's block is.
     *
     * @throws MalformedMessageException if it is not one
     */
    public static HttpResponse parse(byte[] block) throws MalformedMessageException {
        MessageHead head = MessageHead.parse(block);
        Matcher line = STATUS_LINE.matcher(head.startLine());
        if (!line.matches()) {
            throw new MalformedMessageException("the block does not begin with the status line of an HTTP response");
        }
        return new HttpResponse(
                Integer.parseInt(line.group(1)), head, Arrays.copyOfRange(block, head.length(), block.length));
    }

    /** Whether the server sent what was asked for. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Whether the server named another address instead. */
    public boolean isRedirect() {
        return status / 100 == 3;
    }

    /** What the content is. */
    public MediaType contentType() {
        return MediaType.of(head);
    }

    /**
     * The body without the encodings that it was sent in.
     *
     * @throws MalformedMessageException if it cannot be decoded, or is too large to be a text
     */
    public byte[] content() throws MalformedMessageException {
        byte[] content = body;
        if (head.field("transfer-encoding").filter(HttpResponse::isChunked).isPresent()) {
            content = Chunks.join(content);
        }
        Optional<String> codings = head.field("content-encoding");
        return codings.isPresent() ? ContentCoding.decode(content, codings.get()) : content;
    }

    private static boolean isChunked(String encodings) {
        return encodings.regionMatches(true, encodings.length() - "chunked".length(), "chunked", 0, "chunked".length());
    }
}
