package org.alluvium.ingest.warc;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The beginning of a WARC record or an HTTP message: a line, named fields and an empty line. Lines end with CR LF or, as old
 * crawlers wrote them, LF; a line that begins with white space goes on with the field before it. Of fields with the same name
 * the first counts.
 *
 * @param startLine the first line
 * @param fields values by name in lower case
 * @param length bytes up to the message's body
 */
public record MessageHead(String startLine, Map<String, String> fields, int length) {

    /** The value of a field, which is never blank. */
    public Optional<String> field(String lowerCaseName) {
        return Optional.ofNullable(fields.get(lowerCaseName)).filter(value -> !value.isBlank());
    }

    /** The length of the body that the head announces; empty if it announces none or something that is not one. */
    public OptionalLong contentLength() {
        String digits = fields.getOrDefault("content-length", "");
        boolean isLength =
                !digits.isEmpty() && digits.length() < 19 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isLength ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    /**
     * The head that a message begins with.
     *
     * @throws MalformedMessageException if there is no empty line to end it
     */
    public static MessageHead parse(byte[] message) throws MalformedMessageException {
        Optional<MessageHead> head = parse(message, 0, message.length);
        return head.orElseThrow(() -> new MalformedMessageException("no empty line ends the header"));
    }

    /** The head that begins at {@code start}; empty if it does not end before {@code end}. */
    public static Optional<MessageHead> parse(byte[] bytes, int start, int end) {
        int body = bodyStart(bytes, start, end);
        if (body < 0) {
            return Optional.empty();
        }
        // Fields are ASCII by the standards and UTF-8 by custom; either way nothing else ends a line.
        String[] lines = new String(bytes, start, body - start, StandardCharsets.UTF_8).split("\r?\n", -1);
        return Optional.of(new MessageHead(lines[0], fields(lines), body - start));
    }

    /** Behind the first empty line, or -1. */
    private static int bodyStart(byte[] bytes, int start, int end) {
        boolean atLineStart = true;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                if (atLineStart) {
                    return i + 1;
                }
                atLineStart = true;
            } else if (bytes[i] != '\r') {
                atLineStart = false;
            }
        }
        return -1;
    }

    private static Map<String, String> fields(String[] lines) {
        Map<String, String> fields = new HashMap<>();
        String name = "";
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i];
            int colon = line.indexOf(':');
            if (line.startsWith(" ") || line.startsWith("\t")) {
                fields.computeIfPresent(name, (field, value) -> value + ' ' + line.strip());
            } else if (colon > 0) {
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.putIfAbsent(name, line.substring(colon + 1).strip());
            }
        }
        return fields;
    }
}
