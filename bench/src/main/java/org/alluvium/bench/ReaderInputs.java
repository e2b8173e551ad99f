package org.alluvium.bench;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.config.SourceConfig.Format;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** The same texts, in the form of every format that is read from files. */
final class ReaderInputs {

    private ReaderInputs() {}

    /**
     * One form of them.
     *
     * @param writer puts all texts into a folder
     * @param exact whether reading gives back exactly the text, rather than an extract that has it in it
     */
    record Input(String name, Format format, Writer writer, boolean exact) {}

    /** Writes texts into a folder, in one file or several. */
    @FunctionalInterface
    interface Writer {

        void write(List<String> texts, Path folder) throws IOException;
    }

    /** A stream that compresses what is written to the other. */
    @FunctionalInterface
    private interface Compressor {

        OutputStream over(OutputStream out) throws IOException;
    }

    static List<Input> all() {
        Function<String, String> json = text -> "{\"text\":\"" + text + "\"}\n";
        Compressor plain = out -> out;
        return List.of(
                new Input("JSON lines", Format.JSONL, oneFile("a.jsonl", json, plain), true),
                new Input("JSON lines, gzip", Format.JSONL, oneFile("a.jsonl.gz", json, GZIPOutputStream::new), true),
                new Input("JSON lines, zstd", Format.JSONL, oneFile("a.jsonl.zst", json, ZstdOutputStream::new), true),
                new Input(
                        "title, date, body",
                        Format.LUCENE_LINES,
                        oneFile("a.txt", text -> "Title\t2026-11-22\t" + text + "\n", plain),
                        true),
                new Input("text files", Format.TEXT, manyFiles(".txt", text -> text), true),
                new Input(
                        "Markdown files",
                        Format.MARKDOWN,
                        manyFiles(".md", text -> "# Title\n\n" + text + "\n"),
                        false),
                new Input("Parquet", Format.PARQUET, ReaderInputs::parquet, true),
                new Input("wiki dump", Format.MEDIAWIKI, wiki("a.xml", plain), true),
                new Input(
                        "wiki dump, bzip2",
                        Format.MEDIAWIKI,
                        wiki("a.xml.bz2", BZip2CompressorOutputStream::new),
                        true),
                new Input("web pages", Format.HTML, manyFiles(".html", ReaderInputs::page), false),
                new Input(
                        "WARC, gzip by record",
                        Format.WARC,
                        warc("a.warc.gz", "response", ReaderInputs::response),
                        false),
                new Input("WET, gzip by record", Format.WET, warc("a.warc.wet.gz", "conversion", text -> text), true),
                new Input(
                        "mailbox",
                        Format.MBOX,
                        oneFile(
                                "a.mbox",
                                text -> "From a@example.org Sun Nov 22 06:00:00 2026\n" + mail(text) + "\n\n",
                                plain),
                        true),
                new Input("maildir", Format.MAIL, manyFiles(":2,S", ReaderInputs::mail), true));
    }

    private static Writer oneFile(String name, Function<String, String> record, Compressor compressor) {
        return (texts, folder) -> {
            try (OutputStream out = compressor.over(Files.newOutputStream(folder.resolve(name)))) {
                out.write(
                        texts.stream().map(record).collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static Writer manyFiles(String ending, Function<String, String> content) {
        return (texts, folder) -> {
            for (int i = 0; i < texts.size(); i++) {
                Files.writeString(folder.resolve("%06d%s".formatted(i, ending)), content.apply(texts.get(i)));
            }
        };
    }

    private static void parquet(List<String> texts, Path folder) throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message row { required binary text (STRING); }");
        SimpleGroupFactory rows = new SimpleGroupFactory(schema);
        try (ParquetWriter<Group> out = ExampleParquetWriter.builder(new LocalOutputFile(folder.resolve("a.parquet")))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .build()) {
            for (String text : texts) {
                out.write(rows.newGroup().append("text", text));
            }
        }
    }

    private static Writer wiki(String name, Compressor compressor) {
        return (texts, folder) -> {
            try (OutputStream out = compressor.over(Files.newOutputStream(folder.resolve(name)))) {
                out.write(dump(texts).getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static String dump(List<String> texts) {
        String pages = IntStream.range(0, texts.size())
                .mapToObj(number -> """
                          <page>
                            <title>Page %d</title>
                            <ns>0</ns>
                            <id>%d</id>
                            <revision>
                              <id>%d</id>
                              <timestamp>2026-11-22T06:00:00Z</timestamp>
                              <model>wikitext</model>
                              <format>text/x-wiki</format>
                              <text xml:space="preserve">%s</text>
                            </revision>
                          </page>
                        """.formatted(number, number + 1, number + 1, texts.get(number)))
                .collect(Collectors.joining());
        return "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\" version=\"0.11\" xml:lang=\"en\">\n"
                + pages + "</mediawiki>\n";
    }

    private static String page(String text) {
        return """
                <html lang="en"><head><meta charset="utf-8"><title>Title</title></head><body>
                <nav><ul><li><a href="/">Home</a></li><li><a href="/a">Rivers</a></li></ul></nav>
                <article><h1>Title</h1><p>%s</p></article><footer><a href="/imprint">Imprint</a></footer></body></html>
                """.formatted(text);
    }

    private static String response(String text) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(text);
    }

    /** One file, each record a gzip member of its own, as crawlers write them. */
    private static Writer warc(String name, String type, Function<String, String> content) {
        return (texts, folder) -> {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)))) {
                for (int i = 0; i < texts.size(); i++) {
                    byte[] body = content.apply(texts.get(i)).getBytes(StandardCharsets.UTF_8);
                    GZIPOutputStream member = new GZIPOutputStream(file);
                    member.write(warcHead(i, type, body.length).getBytes(StandardCharsets.UTF_8));
                    member.write(body);
                    member.write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    member.finish();
                }
            }
        };
    }

    private static String warcHead(int number, String type, int length) {
        return String.join(
                "\r\n",
                "WARC/1.1",
                "WARC-Type: " + type,
                "WARC-Target-URI: https://example.org/" + number,
                "WARC-Date: 2026-11-22T06:00:00Z",
                "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>".formatted(number),
                "Content-Type: " + (type.equals("response") ? "application/http; msgtype=response" : "text/plain"),
                "Content-Length: " + length,
                "",
                "");
    }

    private static String mail(String text) {
        return "From: Ann <ann@example.org>\nSubject: Title\nDate: Sun, 22 Nov 2026 06:00:00 +0000\n"
                + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text + "\n";
    }
}
