package org.alluvium.ingest.warc;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a message says that its body is.
 *
 * @param name such as {@code text/html}, in lower case; empty if the message does not say
 * @param charset the encoding, as it is called there
 */
public record MediaType(String name, Optional<String> charset) {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?\\s*([^\\s\"';]{1,40})", Pattern.CASE_INSENSITIVE);

    static MediaType of(MessageHead head) {
        String value = head.field("content-type").orElse("");
        Matcher charset = CHARSET.matcher(value);
        String name = value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return new MediaType(name, charset.find() ? Optional.of(charset.group(1)) : Optional.empty());
    }
}
