package org.alluvium.gateway.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the body of a request holds documents; its content type tells which. */
public enum BodyFormat {
    /** One JSON object, or an array of them. */
    JSON("application/json", "text/json"),
    /** One JSON object a line; blank lines are passed over. */
    NDJSON("application/x-ndjson", "application/jsonl"),
    /** One message in Avro's single-object encoding, or an Avro container file. */
    AVRO("application/avro", "avro/binary");

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\"\\s]*)\"?");

    private final String mediaType;
    private final String otherMediaType;

    BodyFormat(String mediaType, String otherMediaType) {
        this.mediaType = mediaType;
        this.otherMediaType = otherMediaType;
    }

    /** The media types by which the formats are best asked for. */
    public static List<String> mediaTypes() {
        return Arrays.stream(values()).map(format -> format.mediaType).toList();
    }

    /** The format of a {@code Content-Type} (RFC 9110); empty for another, and for text that is not in UTF-8. */
    public static Optional<BodyFormat> of(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 2);
        boolean utf8 = parts.length == 1
                || CHARSET.matcher(parts[1])
                        .results()
                        .allMatch(match -> match.group(1).equals("utf-8"));
        String type = parts[0].strip();
        return Arrays.stream(values())
                .filter(format -> utf8 && (type.equals(format.mediaType) || type.equals(format.otherMediaType)))
                .findFirst();
    }
}
