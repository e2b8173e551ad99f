package org.alluvium.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pod as it will run.
 *
 * @param name of what makes it, for people
 * @param labels that selectors see
 * @param spec of it
 */
record Pod(String name, Map<String, String> labels, JsonNode spec) {

    static final List<String> FLINK_ROLES = List.of("jobManager", "taskManager");

    static Stream<Pod> madeBy(Resource resource) {
        return switch (resource.kind()) {
            case "Deployment", "StatefulSet" -> Stream.of(of(resource.toString(), resource.at("/spec/template")));
            case "FlinkDeployment" ->
                FLINK_ROLES.stream().map(role -> of(resource + "/" + role, flinkTemplate(resource, role)));
            default -> Stream.empty();
        };
    }

    private static Pod of(String name, JsonNode template) {
        return new Pod(name, Resource.texts(template.at("/metadata/labels")), template.path("spec"));
    }

    Stream<JsonNode> containers() {
        return Stream.concat(Resource.items(spec.path("containers")), Resource.items(spec.path("initContainers")));
    }

    JsonNode container() {
        return spec.path("containers").path(0);
    }

    /** The common template with the role's own over it, and what Flink itself makes of {@code resource} and its account. */
    static JsonNode flinkTemplate(Resource deployment, String role) {
        JsonNode own = deployment.at("/spec/" + role + "/podTemplate");
        ObjectNode template = (ObjectNode) merged(deployment.at("/spec/podTemplate"), own);
        JsonNode resource = deployment.at("/spec/" + role + "/resource");
        ObjectNode amounts = JsonNodeFactory.instance.objectNode();
        amounts.set(
                "cpu", JsonNodeFactory.instance.textNode(resource.path("cpu").asText()));
        amounts.set("memory", resource.path("memory"));
        amounts.set("ephemeral-storage", resource.path("ephemeralStorage"));
        ObjectNode spec = (ObjectNode) template.path("spec");
        spec.set("serviceAccountName", deployment.at("/spec/serviceAccount"));
        ObjectNode main = (ObjectNode) spec.path("containers").path(0);
        main.set("image", deployment.at("/spec/image"));
        main.putObject("resources").<ObjectNode>set("requests", amounts).set("limits", amounts.deepCopy());
        return template;
    }

    /** As the operator merges templates where {@code merge-arrays-by-name} is set. */
    private static JsonNode merged(JsonNode under, JsonNode over) {
        if (under.isObject() && over.isObject()) {
            ObjectNode all = under.deepCopy();
            over.properties()
                    .forEach(field -> all.set(field.getKey(), merged(under.path(field.getKey()), field.getValue())));
            return all;
        }
        if (under.isArray() && over.isArray()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            under.forEach(item -> all.add(
                    named(over, item).map(own -> merged(item, own)).findFirst().orElse(item)));
            over.forEach(item -> {
                if (named(under, item).findAny().isEmpty()) {
                    all.add(item);
                }
            });
            return all;
        }
        return over.isMissingNode() ? under : over;
    }

    private static Stream<JsonNode> named(JsonNode list, JsonNode item) {
        return Resource.items(list)
                .filter(other -> other.has("name") && other.path("name").equals(item.path("name")));
    }
}
