package org.alluvium.trainer.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.trainer.data.BatchRamp;
import org.alluvium.trainer.data.Selection;

/** The JSON files of a checkpoint: records by their component names. Unknown fields are ignored, missing ones refused. */
public final class CheckpointJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantReader()))
            .build();

    private static final String PLAN = "plan";
    private static final String RAMP = "ramp";
    private static final String SELECTION = "selection";

    private CheckpointJson() {}

    /** What a file holds. */
    public static byte[] bytes(Object value) {
        try {
            return (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value, e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws DataException if it is not what it should be
     * @throws StorageException if it cannot be read
     */
    public static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(Files.readAllBytes(file), type);
        } catch (JacksonException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw StorageException.of("read the checkpoint", file, e);
        }
    }

    /** Reads {@code state.json}. That of a release without growing steps, or families, says so as one of today would. */
    static CheckpointState readState(Path file) {
        JsonNode state = read(file, JsonNode.class);
        if (state.path(PLAN) instanceof ObjectNode plan) {
            plan.putIfAbsent(RAMP, JSON.valueToTree(BatchRamp.NONE));
            plan.putIfAbsent(SELECTION, JSON.valueToTree(Selection.DEFAULT));
        }
        try {
            return JSON.treeToValue(state, CheckpointState.class);
        } catch (JacksonException e) {
            throw damaged(file, e);
        }
    }

    private static DataException damaged(Path file, JacksonException cause) {
        return new DataException(
                "the file is damaged, or of another release: " + cause.getOriginalMessage(),
                file.toString(),
                "Use another checkpoint; 'alluvium checkpoint list' names them",
                cause);
    }

    private static final class InstantReader extends FromStringDeserializer<Instant> {
        @Serial
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String value, DeserializationContext context) {
            return Instant.parse(value);
        }
    }
}
