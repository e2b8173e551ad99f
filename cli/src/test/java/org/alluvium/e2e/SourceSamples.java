package org.alluvium.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Something to read for the examples of {@link SourcesPage} that read folders. */
final class SourceSamples {

    private static final String PAGE = """
            <html lang="en"><head><title>Silt</title></head><body>
            <nav><a href="/">Home</a> <a href="/rivers">Rivers</a></nav>
            <article><h1>Silt</h1>
            <p>A river that enters the sea slows down, and what it carried from the mountains sinks to the ground.</p>
            <p>Year after year, flood after flood, the land grows into the water; what is built so is called a delta.</p>
            </article><footer>Imprint</footer></body></html>
            """;

    private SourceSamples() {}

    /** What the page's example reads, and how many documents it makes of it. */
    record Sample(String heading, String source, long documents, Layout layout) {}

    /** Lays files out under the folder that the paths of the examples are relative to. */
    @FunctionalInterface
    interface Layout {

        void in(Path root) throws IOException;
    }

    static List<Sample> ofFolders() {
        return List.of(
                new Sample("JSON lines", "notes", 3, SourceSamples::jsonLines),
                new Sample("JSON lines with other names", "articles", 1, SourceSamples::otherNames),
                new Sample("Plain text", "books", 1, root -> write(root, "input/books/silt.txt", "Silt.\n\nIt sinks.")),
                new Sample("Markdown", "docs", 1, root -> write(root, "input/docs/a/b.md", "# Silt\n\nIt *sinks*.\n")),
                new Sample("Parquet", "dataset", 2, SourceSamples::parquet),
                new Sample("Web pages", "pages", 1, root -> write(root, "input/pages/silt.html", PAGE)),
                new Sample("Web crawls, WARC", "crawl", 1, SourceSamples::warc),
                new Sample("Web crawls, WET", "crawl-texts", 1, SourceSamples::wet),
                new Sample("Wiki dumps", "wiki", 1, SourceSamples::wiki),
                new Sample("Mailboxes", "lists", 2, root -> write(root, "input/lists/2026-11", mail(1) + mail(2))),
                new Sample("Maildirs", "mail", 1, SourceSamples::maildir));
    }

    /** Writes everything that the samples read. */
    static void layOut(List<Sample> samples, Path root) {
        try {
            for (Sample sample : samples) {
                sample.layout().in(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void jsonLines(Path root) throws IOException {
        write(root, "input/notes/a.jsonl", "{\"id\": \"n-1\", \"text\": \"The river carries silt.\"}\n");
        write(root, "input/notes/b.jsonl.gz", gzip("{\"text\": \"The sea takes it.\"}\n{\"text\": \"It sinks.\"}\n"));
    }

    private static void otherNames(Path root) throws IOException {
        write(
                root,
                "input/articles/day/part-0.jsonl",
                "{\"uuid\": \"a-1\", \"body\": \"Der Fluss.\", \"published\": \"2026-11-22T06:00:00Z\", \"lang\": \"de\"}\n");
        write(root, "input/articles/day/_SUCCESS", "");
    }

    private static void parquet(Path root) throws IOException {
        Path file = root.resolve("input/dataset/part-0.parquet");
        Files.createDirectories(file.getParent());
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT 'p-' || i AS id, 'Layer ' || i || ' of the delta.' AS text FROM range(2) t(i)) TO '"
                            + file + "' (FORMAT parquet)");
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void warc(Path root) throws IOException {
        String response = lines("""
                HTTP/1.1 200 OK
                Content-Type: text/html; charset=utf-8

                """) + PAGE.replace("river", "glacier"); // the same text again would be a duplicate
        write(root, "input/crawl/a.warc.gz", gzip(warcRecord("""
                WARC/1.1
                WARC-Type: response
                WARC-Target-URI: https://example.org/silt
                WARC-Date: 2026-11-22T06:00:00Z
                WARC-Record-ID: <urn:uuid:5f2b7a1e-0c3d-4f6a-9b8e-2d1c0a9b8e7f>
                Content-Type: application/http; msgtype=response
                Content-Length: %d

                """, response)));
    }

    private static void wet(Path root) throws IOException {
        write(
                root,
                "input/crawl-texts/a.warc.wet.gz",
                gzip(warcRecord("""
                WARC/1.0
                WARC-Type: conversion
                WARC-Target-URI: https://example.org/sea
                WARC-Date: 2026-11-22T06:00:00Z
                WARC-Record-ID: <urn:uuid:0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d>
                Content-Type: text/plain
                Content-Length: %d

                """, "The sea\nIt takes what the river brings.")));
    }

    private static String warcRecord(String head, String content) {
        return lines(head.formatted(content.getBytes(UTF_8).length)) + content + "\r\n\r\n";
    }

    /** Lines as HTTP and WARC end them. */
    private static String lines(String text) {
        return text.replace("\n", "\r\n");
    }

    private static void wiki(Path root) throws IOException {
        write(root, "input/wiki/x-pages-articles.xml", """
                <mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
                  <page>
                    <title>Silt</title>
                    <ns>0</ns>
                    <id>7</id>
                    <revision>
                      <id>8</id>
                      <timestamp>2026-11-22T06:00:00Z</timestamp>
                      <model>wikitext</model>
                      <format>text/x-wiki</format>
                      <text xml:space="preserve">'''Silt''' is what a [[river]] carries to the sea.</text>
                    </revision>
                  </page>
                </mediawiki>
                """);
    }

    private static void maildir(Path root) throws IOException {
        String message = mail(3);
        write(root, "input/mail/cur/1732255200.M1.host:2,S", message.substring(message.indexOf('\n') + 1));
    }

    /** A message as a mailbox holds it. */
    private static String mail(int number) {
        return """
                From ann@example.org Sun Nov 22 06:00:00 2026
                From: Ann <ann@example.org>
                To: rivers@example.org
                Subject: Water level %1$d
                Date: Sun, 22 Nov 2026 06:00:00 +0000
                Message-ID: <%1$d@example.org>
                Content-Type: text/plain; charset=utf-8

                The gauge stands at %1$d metres.

                """.formatted(number);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void write(Path root, String name, String text) throws IOException {
        write(root, name, text.getBytes(UTF_8));
    }

    private static void write(Path root, String name, byte[] bytes) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
