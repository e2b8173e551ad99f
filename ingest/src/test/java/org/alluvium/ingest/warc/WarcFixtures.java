package org.alluvium.ingest.warc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Records of web archives, as crawlers write them. */
public final class WarcFixtures {

    /** What follows every record. */
    public static final String SEPARATOR = "\r\n\r\n";

    private WarcFixtures() {}

    /** A record of the given type with a block of the given content type, without what follows it. */
    public static byte[] record(String type, String contentType, byte[] block) {
        String head = "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: https://plain.example/silt\r\n"
                + "WARC-Date: 2024-05-06T07:08:09Z\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + block.length + "\r\n\r\n";
        return join(head.getBytes(UTF_8), block);
    }

    /** A record with a response of HTTP. */
    public static byte[] response(String httpHead, byte[] body) {
        return record(
                "response", "application/http; msgtype=response", join((httpHead + "\r\n\r\n").getBytes(UTF_8), body));
    }

    /** A record with a page that a server sent. */
    public static byte[] page(String html) {
        return response("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8", html.getBytes(UTF_8));
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
