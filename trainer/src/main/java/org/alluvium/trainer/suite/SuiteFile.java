package org.alluvium.trainer.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.alluvium.contracts.config.SuiteConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;

/**
 * Reads the questions of a suite from its file, or from all files of its folder in the order of their names: UTF-8, plain or
 * {@code .gz}, a question a line. Lines of files {@code .jsonl} are JSON, others are texts; empty ones are passed over.
 */
final class SuiteFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SuiteFormat format;
    private final int limit;
    private final List<Question> questions = new ArrayList<>();

    private SuiteFile(SuiteConfig config) {
        this.format = SuiteFormat.of(config.format());
        this.limit = config.limit() == 0 ? Integer.MAX_VALUE : config.limit();
    }

    /**
     * The suite's questions, the first so many if it has a limit.
     *
     * @throws DataException if a line is not what it should be, or there is none
     * @throws StorageException if a file cannot be read
     */
    static List<Question> read(SuiteConfig config) {
        SuiteFile suite = new SuiteFile(config);
        for (Path file : filesOf(config.path())) {
            suite.readFile(file);
        }
        if (suite.questions.isEmpty()) {
            throw new DataException(
                    "the suite " + config.name() + " has no question",
                    config.path().toString(),
                    "Point train.eval.suites to its file, or to the folder of its files");
        }
        return suite.questions;
    }

    private static List<Path> filesOf(Path path) {
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw StorageException.of("read the suite", path, e);
        }
    }

    private void readFile(Path file) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()))) {
            int number = 0;
            String line = reader.readLine();
            while (line != null && questions.size() < limit) {
                number++;
                if (!line.isBlank()) {
                    questions.add(question(line, file, number));
                }
                line = reader.readLine();
            }
        } catch (IOException e) {
            throw StorageException.of("read the suite", file, e);
        }
    }

    private Question question(String line, Path file, int number) {
        try {
            JsonNode node = isJson(file) ? JSON.readTree(line) : TextNode.valueOf(line);
            return format.question(node);
        } catch (JsonProcessingException e) {
            throw notAQuestion("the line is not JSON: " + e.getOriginalMessage(), file, number, e);
        } catch (IllegalArgumentException e) {
            throw notAQuestion("the line is no question of this format: " + e.getMessage(), file, number, e);
        }
    }

    private static boolean isJson(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.getFileName().toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private static DataException notAQuestion(String what, Path file, int number, Exception cause) {
        return new DataException(
                what, file + ":" + number, "Correct the line, or the format of the suite in train.eval.suites", cause);
    }
}
