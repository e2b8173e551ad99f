package org.alluvium.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * FlinkDeployment, by the CustomResourceDefinition in the operator's artifact of Java classes. That artifact is older than
 * what a cluster has: its list of Flink's versions ends at 1.20, where the operator 1.15 goes to 2.3, so that the newer ones
 * are added here. Nothing else is.
 */
final class FlinkSchema {

    private static final String DEFINITION = "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";
    private static final List<String> NEWER_VERSIONS = List.of("v2_0", "v2_1", "v2_2", "v2_3");

    private final JsonSchema schema;

    FlinkSchema() {
        JsonNode definition = read();
        ObjectNode structure = definition
                .at("/spec/versions/0/schema/openAPIV3Schema")
                .<ObjectNode>require()
                .deepCopy();
        ArrayNode versions = (ArrayNode) structure.at("/properties/spec/properties/flinkVersion/enum");
        NEWER_VERSIONS.forEach(versions::add);
        // The API server knows these of every object, and their schema is Kubernetes' own.
        ObjectNode properties = (ObjectNode) structure.path("properties");
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        properties.putObject("metadata").put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
        close(structure);
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(structure);
    }

    private static JsonNode read() {
        try (InputStream in = FlinkSchema.class.getClassLoader().getResourceAsStream(DEFINITION)) {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            return new ObjectMapper().valueToTree(yaml);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A structural schema drops what it does not name; this makes it refuse that. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode node) {
            if (node.path("x-kubernetes-int-or-string").asBoolean()) {
                node.putArray("type").add("integer").add("string");
            }
            if (node.has("properties")
                    && !node.has("additionalProperties")
                    && !node.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                node.put("additionalProperties", false);
            }
            if (node.path("type").asText().equals("object")
                    && !node.has("properties")
                    && !node.has("additionalProperties")
                    && !node.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                node.put("additionalProperties", false);
            }
        }
        schema.forEach(FlinkSchema::close);
    }

    /** Empty if the object is right. */
    List<String> problems(JsonNode json) {
        return schema.validate(json).stream().map(ValidationMessage::getMessage).toList();
    }
}
