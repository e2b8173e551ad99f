package org.alluvium.bench.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;

/** Steps that a training wrote down, one JSON object a line. */
final class StepLines {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StepLines() {}

    /** Lines with a loss, by their step; of several for one step the last. */
    static Map<Long, JsonNode> bySteps(Path file) {
        Map<Long, JsonNode> lines = new LinkedHashMap<>();
        try {
            for (String text : Files.readAllLines(file)) {
                JsonNode line = JSON.readTree(text);
                if (line.has("loss")) {
                    lines.put(line.path("step").longValue(), line);
                }
            }
            return lines;
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "a line is not JSON: " + e.getOriginalMessage(),
                    file.toString(),
                    "Let the run finish, or cut off the torn last line",
                    e);
        } catch (IOException e) {
            throw StorageException.of("read the steps", file, e);
        }
    }
}
