package org.alluvium.dashboard.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;

/** The files of the pages, from the class path. Those of {@code assets/} have their content's hash in their names. */
final class Pages {

    private static final String FOLDER = "/org/alluvium/dashboard/ui";
    private static final Pattern NAME = Pattern.compile("/(assets/)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2");
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** A file; any path without an ending is a view of the one page. */
    Reply get(String path) {
        String file = path.contains(".") ? path : "/index.html";
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        if (!NAME.matcher(file).matches() || type == null) {
            throw Refusal.notFound("There is no such page.");
        }
        try (InputStream stream = Pages.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw Refusal.notFound(
                        file.equals("/index.html")
                                ? "This build has no pages; build it with npm on the path."
                                : "There is no such page.");
            }
            return Reply.bytes(200, type, stream.readAllBytes())
                    .with("Cache-Control", file.startsWith("/assets/") ? FOR_EVER : "no-cache");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
