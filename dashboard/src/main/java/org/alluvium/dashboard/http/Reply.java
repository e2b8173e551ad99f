package org.alluvium.dashboard.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** An answer. Its body is packed on its way if that is worth it and the client takes it. */
final class Reply {

    /** Below this length packing costs more than it saves. */
    private static final int WORTH_PACKING = 1_024;

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final long length;
    private final Body body;

    /** Writes what is sent, all at once or part by part. */
    @FunctionalInterface
    interface Body {

        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * An answer.
     *
     * @param status HTTP's
     * @param contentType of the body
     * @param length of the body in bytes, -1 if it is only known once it is written
     */
    private Reply(int status, String contentType, long length, Body body) {
        this.status = status;
        this.length = length;
        this.body = body;
        headers.put("Content-Type", contentType);
        headers.put("Cache-Control", "no-store");
        headers.put("Vary", "Accept-Encoding");
    }

    static Reply bytes(int status, String contentType, byte[] bytes) {
        return new Reply(status, contentType, bytes.length, out -> out.write(bytes));
    }

    static Reply json(Object value) {
        return json(200, value);
    }

    static Reply json(int status, Object value) {
        return bytes(status, "application/json", jsonText(value).getBytes(StandardCharsets.UTF_8));
    }

    static Reply text(String text) {
        return bytes(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply refusal(Refusal refusal) {
        return json(refusal.status(), Map.of("message", refusal.getMessage()));
    }

    /** A file for the visitor's disk, of any length. */
    static Reply download(String name, String contentType, Body body) {
        return new Reply(200, contentType, -1, body)
                .with("Content-Disposition", "attachment; filename=\"" + name.replaceAll("[^\\w.-]+", "-") + "\"");
    }

    /** The same with another header. */
    Reply with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    static String jsonText(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an answer that JSON does not know", e);
        }
    }

    /** Writes the body as it is, without packing it. */
    void writeTo(OutputStream out) throws IOException {
        body.writeTo(out);
    }

    /** The body, for tests. */
    String bodyText() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Sends it, and ends the exchange. */
    void send(HttpExchange exchange) throws IOException {
        Headers sent = exchange.getResponseHeaders();
        headers.forEach(sent::set);
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        boolean packs = (length < 0 || length >= WORTH_PACKING) && accepted != null && accepted.contains("gzip");
        if (packs) {
            sent.set("Content-Encoding", "gzip");
        }
        if (exchange.getRequestMethod().equals("HEAD") || length == 0) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, packs || length < 0 ? 0 : length); // 0 means chunks, however many
        try (OutputStream raw = exchange.getResponseBody();
                OutputStream out = packs ? new GZIPOutputStream(raw, 1 << 16) : raw) {
            body.writeTo(out);
        }
    }
}
