package org.alluvium.trainer.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.alluvium.trainer.data.Piece;
import org.alluvium.trainer.data.StepBatch;

/**
 * What one step did, as a line of the journal. Equal steps have equal lines, byte for byte: there is no time in them, and
 * floating-point numbers stand with their bits beside them.
 *
 * @param step from 1
 * @param text the JSON, without its line end
 */
record JournalLine(long step, String text) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** The line of a step; the format is specified at {@link Journal}. */
    static JournalLine of(StepBatch batch, StepResult result) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", result.step());
        line.put("window", batch.window());
        ArrayNode documents = line.putArray("documents");
        for (Piece piece : batch.pieces()) {
            ObjectNode document = documents.addObject();
            document.put("id", piece.document().id());
            document.put("from", piece.from());
            document.put("tokens", piece.tokens());
        }
        line.put("tokens", batch.tokens());
        putExactly(line, "loss", result.loss());
        line.put("learningRate", result.learningRate());
        putExactly(line, "gradNorm", result.gradNorm());
        return new JournalLine(result.step(), line.toString());
    }

    /** The step that a line speaks of, or -1 if it is not a line of a journal. */
    static long stepOf(String text) {
        try {
            return JSON.readTree(text).path("step").asLong(-1);
        } catch (JsonProcessingException e) {
            return -1;
        }
    }

    /** Names of the fields in which two lines differ. */
    static List<String> differences(String expected, String actual) {
        try {
            ObjectNode before = (ObjectNode) JSON.readTree(expected);
            ObjectNode now = (ObjectNode) JSON.readTree(actual);
            return before.propertyStream()
                    .filter(field -> !field.getValue().equals(now.get(field.getKey())))
                    .map(field ->
                            field.getKey() + " was " + brief(field.getValue().toString()) + " and is now "
                                    + brief(String.valueOf(now.get(field.getKey()))))
                    .toList();
        } catch (JsonProcessingException | ClassCastException e) {
            return List.of("it is not a line of a journal: " + brief(expected));
        }
    }

    private static String brief(String value) {
        return value.length() <= 60 ? value : value.substring(0, 57) + "...";
    }

    private static void putExactly(ObjectNode line, String name, double value) {
        line.put(name, value);
        line.put(name + "Bits", Long.toHexString(Double.doubleToRawLongBits(value)));
    }
}
