package org.alluvium.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.alluvium.e2e.Deployment.Answer;
import org.alluvium.e2e.Deployment.Child;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that can be wrong with what lies in a source's folder, at once, read by a real ingest process: what is bad
 * becomes a dead letter that says where and why, and what is good, before, between and behind it, becomes a document.
 */
class BadInputIT {

    private static final int LONG_LINE_BYTES = 50 << 20;

    @TempDir
    static Path folder;

    private static Deployment deployment;

    /** Ids of the documents that must come out. */
    private static final List<String> GOOD = new ArrayList<>();

    /** Origin to reason of the dead letters that must come out. */
    private static final Map<String, String> BAD = new TreeMap<>();

    private static int duplicates;

    @BeforeAll
    static void ingestAllOfIt() throws IOException {
        deployment = Deployment.create(folder, """
                sources:
                  - name: river
                    path: inbox
                    files:
                      pattern: "*.{jsonl,gz,zst}"
                ingest:
                  checkpointInterval: 300ms
                  discoveryInterval: 100ms
                  maxLineBytes: 1Mi
                """);
        layOutLines();
        layOutLongLine();
        layOutCompressed();
        layOutWhatIsNoFile();
        write("replaced.jsonl", lines(good("replaced-1"), good("replaced-2")));
        write("growing.jsonl", lines(good("growing-1")) + document("growing-2").substring(0, 20));
        try (Child ingest = deployment.start("ingest")) {
            awaitAll(ingest);
            replaceAndGrow();
            awaitAll(ingest);
            // What has only begun when the process ends is no record.
            append("growing.jsonl", "{\"text\": \"and");
            ingest.terminate();
        }
    }

    private static void layOutLines() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        List<BadLine> badLines = List.of(
                new BadLine("this is not JSON", "not_json"),
                new BadLine("{\"text\": \"cut", "not_json"),
                new BadLine("{\"text\": \"one\"} {\"text\": \"two\"}", "not_json"),
                new BadLine("[1, 2, 3]", "not_an_object"),
                new BadLine("null", "not_an_object"),
                new BadLine("", "blank_line"),
                new BadLine(" \t ", "blank_line"),
                new BadLine("{\"text\": \"a\0b\"}", "nul_character"),
                new BadLine("{\"text\": \"a\\u0000b\"}", "nul_character"),
                new BadLine("\0\0\0\0", "nul_character"),
                new BadLine("{\"text\": \"a\\ud800b\"}", "lone_surrogate"),
                new BadLine("{\"text\": \"a\\udc00\"}", "lone_surrogate"),
                new BadLine("{\"text\": \"a\u00ed\u00a0\u0080b\"}", "invalid_utf8"),
                new BadLine("{\"text\": \"caf\u00e9\"}", "invalid_utf8"),
                new BadLine("\u00ff\u00fe{\0}", "invalid_utf8"),
                new BadLine("{\"text\": \"\"}", "empty_text"),
                new BadLine("{\"text\": \" \\n\\u2003\\t\\ufeff \"}", "empty_text"),
                new BadLine("{\"body\": \"x\"}", "text_missing"),
                new BadLine("{\"text\": null}", "text_missing"),
                new BadLine("{\"text\": 17}", "wrong_type"),
                new BadLine("{\"text\": [\"a\"]}", "wrong_type"),
                new BadLine("{\"text\": \"a\", \"id\": {}}", "wrong_type"),
                new BadLine("{\"text\": \"a\", \"date\": \"yesterday\"}", "bad_time"));
        int number = 0;
        for (BadLine bad : badLines) {
            number++;
            lines.writeBytes((good("between-" + number) + "\n").getBytes(UTF_8));
            BAD.put("lines.jsonl@" + lines.size(), bad.reason());
            lines.writeBytes((bad.line() + "\n").getBytes(ISO_8859_1));
        }
        lines.writeBytes((document("between-1") + "\n").getBytes(UTF_8));
        duplicates++;
        Files.write(deployment.inbox().resolve("lines.jsonl"), lines.toByteArray());
    }

    /** A line as bytes (ISO 8859-1 has a character for each), and why it is refused. */
    private record BadLine(String line, String reason) {}

    private static void layOutLongLine() throws IOException {
        Path temporary = deployment.inbox().resolve(".long.jsonl");
        try (OutputStream out = Files.newOutputStream(temporary)) {
            String before = lines(good("before-long"));
            BAD.put("long.jsonl@" + before.getBytes(UTF_8).length, "line_too_long");
            out.write((before + "{\"text\": \"").getBytes(UTF_8));
            byte[] megabyte = new byte[1 << 20];
            Arrays.fill(megabyte, (byte) 'x');
            for (int written = 0; written < LONG_LINE_BYTES; written += megabyte.length) {
                out.write(megabyte);
            }
            out.write(lines("\"}", good("behind-long")).getBytes(UTF_8));
        }
        Files.move(temporary, deployment.inbox().resolve("long.jsonl"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void layOutCompressed() throws IOException {
        Files.write(deployment.inbox().resolve("whole.jsonl.gz"), gzip(lines(good("gzip-1"), good("gzip-2"))));
        String firstLines = lines(good("cut-1"), good("cut-2"));
        byte[] first = gzip(firstLines);
        byte[] second = gzip(lines(document("never")));
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        cut.writeBytes(first);
        cut.write(second, 0, second.length - 12);
        Files.write(deployment.inbox().resolve("cut.jsonl.gz"), cut.toByteArray());
        BAD.put("cut.jsonl.gz@" + firstLines.length(), "file_damaged");

        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        String goodLines = lines(good("zstd-1"));
        damaged.writeBytes(Zstd.compress(goodLines.getBytes(UTF_8)));
        damaged.writeBytes("these bytes are no frame".getBytes(UTF_8));
        Files.write(deployment.inbox().resolve("damaged.jsonl.zst"), damaged.toByteArray());
        BAD.put("damaged.jsonl.zst@" + goodLines.length(), "file_damaged");
        write("text.jsonl.gz", lines(document("never")));
        BAD.put("text.jsonl.gz@0", "file_damaged");
        write("empty.jsonl.zst", "");
        BAD.put("empty.jsonl.zst@0", "file_damaged");
    }

    private static void layOutWhatIsNoFile() throws IOException {
        Path inbox = deployment.inbox();
        Files.createSymbolicLink(inbox.resolve("dangling.jsonl"), inbox.resolve("nowhere"));
        BAD.put("dangling.jsonl@0", "file_missing");
        Files.createDirectory(inbox.resolve("folder.jsonl"));
        write("folder.jsonl/inside.jsonl", lines(good("inside")));
        write("empty.jsonl", "");
        Path unreadable = Path.of("/proc/sys/vm/compact_memory"); // may only be written, even by root
        if (Files.isRegularFile(unreadable)) {
            Files.createSymbolicLink(inbox.resolve("unreadable.jsonl"), unreadable);
            BAD.put("unreadable.jsonl@0", "file_unreadable");
        }
    }

    private static void replaceAndGrow() throws IOException {
        BAD.put("replaced.jsonl@" + sizeOf("replaced.jsonl"), "file_changed");
        write(".replacement", lines(document("never-1"), document("never-2"), document("never-3")));
        Files.move(
                deployment.inbox().resolve(".replacement"),
                deployment.inbox().resolve("replaced.jsonl"),
                StandardCopyOption.ATOMIC_MOVE);
        String restOfLine = good("growing-2").substring(20) + "\n";
        BAD.put("growing.jsonl@" + (sizeOf("growing.jsonl") + restOfLine.length()), "not_json");
        append("growing.jsonl", restOfLine + lines("nonsense", good("growing-4")));
        write("last.jsonl", lines(good("last")));
    }

    private static long sizeOf(String name) throws IOException {
        return Files.size(deployment.inbox().resolve(name));
    }

    @Test
    void everyGoodDocumentIsInTheCorpusExactlyOnce() {
        assertThat(deployment.acceptedIds()).containsExactlyInAnyOrderElementsOf(GOOD);
    }

    @Test
    void everythingBadIsADeadLetterWithItsPlaceAndReason() {
        Answer answer = deployment.ask("deadletters", "list", "--json");
        assertThat(answer.code()).isZero();
        Map<String, String> reasons = new TreeMap<>();
        for (JsonNode letter : answer.jsonLines()) {
            String origin = letter.get("origin").asText();
            assertThat(reasons.put(origin, letter.get("reason").asText()))
                    .as("the only dead letter of " + origin)
                    .isNull();
            assertThat(letter.get("source").asText()).isEqualTo("river");
            assertThat(letter.get("detail").asText()).isNotBlank();
        }
        assertThat(reasons).isEqualTo(BAD);
    }

    @Test
    void noneOfItRestartsTheJob() {
        assertThat(deployment.logEntries())
                .filteredOn(entry -> entry.get("kind").asText().equals("fence"))
                .as("attempts of the job")
                .hasSize(1);
    }

    @Test
    void whatWasReadIsAcceptedDuplicateOrRejectedAndTheCorpusIsWhole() {
        JsonNode stats = deployment.ask("corpus", "stats", "--json").json();
        assertThat(stats.get("read").asInt()).isEqualTo(GOOD.size() + duplicates + BAD.size());
        assertThat(stats.get("accepted").asInt()).isEqualTo(GOOD.size());
        assertThat(stats.get("duplicates").asInt()).isEqualTo(duplicates);
        int rejected = 0;
        for (JsonNode count : stats.get("rejected")) {
            rejected += count.asInt();
        }
        assertThat(rejected).isEqualTo(BAD.size());
        assertThat(deployment.ask("corpus", "verify").code()).isZero();
    }

    private static void awaitAll(Child ingest) {
        int expected = GOOD.size() + duplicates + BAD.size();
        Deployment.await(expected + " records were read", () -> deployment.recordsRead() >= expected, ingest);
    }

    /** A line that is a document, whose id is expected in the corpus. */
    private static String good(String id) {
        GOOD.add(id);
        return document(id);
    }

    private static String document(String id) {
        return "{\"id\":\"%s\",\"text\":\"What the river said about %s.\"}".formatted(id, id);
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void write(String name, String content) throws IOException {
        Files.writeString(deployment.inbox().resolve(name), content);
    }

    private static void append(String name, String content) throws IOException {
        Files.writeString(deployment.inbox().resolve(name), content, StandardOpenOption.APPEND);
    }
}
