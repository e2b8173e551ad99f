package org.alluvium.dashboard.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.alluvium.dashboard.http.Answers;

/**
 * The answers of a snapshot, in files that a browser loads as it loads scripts, because it may load nothing else of a folder
 * that it opened without a server:
 *
 * <pre>
 * answers/N.js       alluvium.tell({"QUESTION": {"answer": …} or {"refused": "why"}, …})   a sheet: answers that are asked together
 * answers/index.js   alluvium = {"taken": "TIME", "sheets": {"QUESTION": "N.js", …}, "tables": {"QUESTION": "FILE", …}}
 * tables/N.csv       every figure of some series
 * </pre>
 *
 * A question is named by {@link Asked#key}. For one thread.
 */
final class Sheets {

    private static final JsonMapper JSON = new JsonMapper();

    private final Answers answers;
    private final Path folder;
    private final Map<String, String> sheets = new LinkedHashMap<>();
    private final Map<String, String> tables = new LinkedHashMap<>();
    private int written;

    /** Sheets in a folder, filled with answers. */
    Sheets(Answers answers, Path folder) throws IOException {
        this.answers = answers;
        this.folder = folder;
        Files.createDirectories(folder.resolve("answers"));
        Files.createDirectories(folder.resolve("tables"));
    }

    /** Answers that are kept together; closed once it has all of them. */
    final class Sheet implements AutoCloseable {

        private final Map<String, Object> entries = new LinkedHashMap<>();

        /** Keeps the answer to a question, or why there is none. */
        Optional<JsonNode> ask(Asked question) throws InterruptedException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Optional<String> refused = answers.write("/api/" + question.path(), question.parameters(), out);
            if (refused.isPresent()) {
                entries.put(question.key(), Map.of("refused", refused.get()));
                return Optional.empty();
            }
            JsonNode answer = parsed(out.toByteArray());
            put(question, answer);
            return Optional.of(answer);
        }

        /** Keeps what stands for the answer to a question. */
        void put(Asked question, Object answer) {
            entries.put(question.key(), Map.of("answer", answer));
        }

        @Override
        public void close() throws IOException {
            String name = ++written + ".js";
            entries.keySet().forEach(key -> sheets.put(key, name));
            try (BufferedWriter out =
                    Files.newBufferedWriter(folder.resolve("answers").resolve(name))) {
                out.write("alluvium.tell(" + JSON.writeValueAsString(entries) + ");\n");
            }
        }
    }

    /** Asks without keeping the answer. */
    Optional<JsonNode> hear(Asked question) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return answers.write("/api/" + question.path(), question.parameters(), out)
                        .isEmpty()
                ? Optional.of(parsed(out.toByteArray()))
                : Optional.empty();
    }

    /** Keeps a table as a file, under each of some questions. */
    void table(Asked question, Iterable<Asked> under) throws IOException, InterruptedException {
        String name = "tables/" + ++written + ".csv";
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            answers.write("/api/" + question.path(), question.parameters(), out);
        }
        under.forEach(each -> tables.put(each.key(), name));
    }

    /** Says where everything is; last, as nothing can be added after it. */
    void finish(String taken) throws IOException {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("taken", taken);
        index.put("sheets", sheets);
        index.put("tables", tables);
        Files.writeString(
                folder.resolve("answers").resolve("index.js"), "alluvium = " + JSON.writeValueAsString(index) + ";\n");
    }

    int size() {
        return sheets.size();
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
