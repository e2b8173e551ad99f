package org.alluvium.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One object of Kubernetes, as it would be sent to a cluster. */
record Resource(JsonNode json) {

    String kind() {
        return json.path("kind").asText();
    }

    String apiVersion() {
        return json.path("apiVersion").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    /** What lies at a JSON pointer; a missing node where nothing does. */
    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    boolean isA(String kind) {
        return kind().equals(kind);
    }

    /** The elements of a list; none of what is no list. */
    static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** The fields of a group of texts, such as labels. */
    static Map<String, String> texts(JsonNode group) {
        Map<String, String> texts = new LinkedHashMap<>();
        group.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
