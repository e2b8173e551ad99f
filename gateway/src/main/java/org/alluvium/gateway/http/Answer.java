package org.alluvium.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.gateway.batch.BadRecord;
import org.alluvium.gateway.batch.Batch;
import org.alluvium.gateway.batch.BodyFormat;

/**
 * What a request is answered with. Every answer to {@code /documents} is one JSON object:
 *
 * <pre>
 * 202  {"accepted": 2, "ids": ["a", "b"]}                              all are durable
 * 400  {"error": "…", "bad": 1, "records": [{"record": 2, "at": 31, "reason": "not_json", "detail": "…"}]}
 * else {"error": "…"}
 * </pre>
 *
 * @param headers besides the content's type and length
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Answer(int status, Map<String, String> headers, String contentType, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer accepted(List<String> ids) {
        return json(202, Map.of(), ordered("accepted", ids.size(), "ids", ids));
    }

    static Answer bad(Batch.Bad bad) {
        String error = bad.count() + (bad.count() == 1 ? " record is" : " records are")
                + " no document; nothing of this request was taken";
        Map<String, Object> content = ordered("error", error, "bad", bad.count());
        content.put("records", bad.first().stream().map(Answer::fields).toList());
        return json(400, Map.of(), content);
    }

    static Answer tooLong(BadRecord record) {
        return json(
                413,
                Map.of(),
                ordered(
                        "error",
                        record.detail() + "; nothing of this request was taken",
                        "records",
                        List.of(fields(record))));
    }

    static Answer error(int status, String error) {
        return error(status, error, Map.of());
    }

    static Answer error(int status, String error, Map<String, String> headers) {
        return json(status, headers, ordered("error", error));
    }

    /** Asks to come again later. */
    static Answer later(int status, String error, Duration retryAfter) {
        return error(status, error, Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
    }

    static Answer unsupported(String what) {
        return error(415, what, Map.of("Accept-Post", String.join(", ", BodyFormat.mediaTypes())));
    }

    static Answer text(int status, String contentType, String text) {
        return new Answer(status, Map.of(), contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> fields(BadRecord bad) {
        Map<String, Object> fields = ordered("record", bad.record(), "at", bad.at());
        fields.put("reason", bad.reason());
        fields.put("detail", bad.detail());
        return fields;
    }

    private static Map<String, Object> ordered(String name, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }

    private static Map<String, Object> ordered(String first, Object value, String second, Object other) {
        Map<String, Object> map = ordered(first, value);
        map.put(second, other);
        return map;
    }

    private static Answer json(int status, Map<String, String> headers, Map<String, Object> content) {
        try {
            return new Answer(status, headers, "application/json", JSON.writeValueAsBytes(content));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("a tree of strings was not written", impossible);
        }
    }
}
