package org.alluvium.dashboard.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A whole answer. Its body is packed on its way if that is worth it and the client takes it. */
final class Reply {

    /** Below this length packing costs more than it saves. */
    private static final int WORTH_PACKING = 1_024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final String caching;

    /**
     * An answer.
     *
     * @param status HTTP's
     * @param contentType of the body
     * @param caching value of {@code Cache-Control}
     */
    Reply(int status, String contentType, byte[] body, String caching) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.caching = caching;
    }

    static Reply json(Object value) {
        return json(200, value);
    }

    static Reply json(int status, Object value) {
        return new Reply(status, "application/json", jsonText(value).getBytes(StandardCharsets.UTF_8), "no-store");
    }

    static Reply text(String text) {
        return new Reply(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), "no-store");
    }

    static Reply refusal(Refusal refusal) {
        return json(refusal.status(), Map.of("message", refusal.getMessage()));
    }

    static String jsonText(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an answer that JSON does not know", e);
        }
    }

    /** Sends it, and ends the exchange. */
    void send(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", contentType);
        headers.set("Cache-Control", caching);
        byte[] bytes = body;
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (body.length >= WORTH_PACKING && accepted != null && accepted.contains("gzip")) {
            bytes = packed(body);
            headers.set("Content-Encoding", "gzip");
        }
        headers.set("Vary", "Accept-Encoding");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
