package org.alluvium.gateway.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts JSON texts into records without looking into them. */
final class JsonSlices {

    private static final JsonFactory JSON = JsonFactory.builder()
            // RFC 8259 knows UTF-8 alone, and byte offsets would not be ours in anything else.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // The body is bounded, and so is every string in it.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonSlices() {}

    /** The elements of an array, or the one record that the body is. */
    static List<Slice> ofText(byte[] body) throws BrokenBodyException {
        int start = firstNotBlank(body, 0, body.length);
        if (start == body.length) {
            return List.of();
        }
        return body[start] == '['
                ? elements(body)
                : List.of(new Slice(start, Arrays.copyOfRange(body, start, body.length)));
    }

    private static List<Slice> elements(byte[] body) throws BrokenBodyException {
        List<Slice> slices = new ArrayList<>();
        long at = 0;
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                at = parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = Math.toIntExact(parser.currentLocation().getByteOffset());
                slices.add(new Slice(at, Arrays.copyOfRange(body, Math.toIntExact(at), end)));
            }
            if (parser.nextToken() != null) {
                throw new IOException("something follows the array");
            }
            return slices;
        } catch (IOException malformed) {
            throw new BrokenBodyException(slices.size() + 1, at, malformed.getMessage(), malformed);
        }
    }

    /** The lines that are not blank. */
    static List<Slice> ofLines(byte[] body) {
        List<Slice> slices = new ArrayList<>();
        for (int start = 0, end; start < body.length; start = end + 1) {
            end = endOfLine(body, start);
            if (firstNotBlank(body, start, end) < end) {
                slices.add(new Slice(start, Arrays.copyOfRange(body, start, end)));
            }
        }
        return slices;
    }

    private static int endOfLine(byte[] body, int start) {
        int end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static int firstNotBlank(byte[] body, int from, int to) {
        int at = from;
        while (at < to && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n')) {
            at++;
        }
        return at;
    }
}
