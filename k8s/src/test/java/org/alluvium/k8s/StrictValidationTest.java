package org.alluvium.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every object of every overlay is one that Kubernetes and the operators know, to the last field. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "org.alluvium.k8s.Manifests#kubectlIsThere", disabledReason = "there is no kubectl on the path")
class StrictValidationTest {

    /** Groups whose keys are the user's own. */
    private static final Set<String> FREE = Set.of(
            "labels",
            "annotations",
            "data",
            "matchLabels",
            "selector",
            "nodeSelector",
            "requests",
            "limits",
            "config",
            "flinkConfiguration");

    private final Map<Overlay, Manifests> rendered = Manifests.renderAll();
    private final StrictSchemas schemas = new StrictSchemas();

    @Test
    void noOverlayIsForgotten() throws IOException {
        assertThat(Overlay.folders())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Overlay.values()).map(Overlay::folder).toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyObjectIsValid(Overlay overlay) {
        assertThat(rendered.get(overlay).resources())
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(schemas.problems(resource)).isEmpty());
    }

    /** That the schemas are strict is not to be believed of any: each place of each object is tried. */
    @ParameterizedTest
    @EnumSource(names = {"GPU_NVIDIA"})
    void aMisspeltFieldIsRefusedWhereverItStands(Overlay overlay) {
        List<String> taken = new ArrayList<>();
        int places = 0;
        for (Resource resource : rendered.get(overlay).resources()) {
            for (String pointer : groups(resource.json())) {
                JsonNode spoilt = resource.json().deepCopy();
                ((ObjectNode) spoilt.at(pointer)).put("misspelt", "x");
                places++;
                if (schemas.problems(new Resource(spoilt)).isEmpty()) {
                    taken.add(resource + " " + pointer);
                }
            }
        }
        assertThat(taken).isEmpty();
        assertThat(places).isGreaterThan(400);
    }

    @Test
    void aFieldOfTheWrongTypeOrAMissingOneIsRefused() {
        Manifests manifests = rendered.get(Overlay.PRODUCTION);

        assertRefused(manifests.the("StatefulSet", "alluvium-trainer"), "/spec", "replicas", "one");
        String container = "/spec/template/spec/containers/0";
        assertRefused(
                manifests.the("StatefulSet", "alluvium-trainer"), container + "/ports/0", "containerPort", "9480");
        assertRefused(manifests.the("FlinkDeployment", "alluvium-ingest"), "/spec/job", "upgradeMode", "hope");
        assertRefused(manifests.the("FlinkDeployment", "alluvium-ingest"), "/spec", "flinkVersion", "v9_9");
        assertRefused(manifests.the("KafkaTopic", "documents"), "/spec", "partitions", "many");
        Resource service = new Resource(
                manifests.the("StatefulSet", "alluvium-trainer").json().deepCopy());
        ((ObjectNode) service.at("/spec")).remove("selector");
        assertThat(schemas.problems(service)).isNotEmpty();
    }

    private void assertRefused(Resource resource, String pointer, String field, String value) {
        JsonNode spoilt = resource.json().deepCopy();
        ((ObjectNode) spoilt.at(pointer)).put(field, value);
        assertThat(schemas.problems(new Resource(spoilt)))
                .as(field + ": " + value)
                .isNotEmpty();
    }

    /** Pointers to every group of an object whose keys are not free. */
    private static List<String> groups(JsonNode root) {
        List<String> pointers = new ArrayList<>();
        collect(root, "", pointers);
        return pointers;
    }

    private static void collect(JsonNode node, String pointer, List<String> pointers) {
        if (node.isObject()) {
            pointers.add(pointer);
            node.properties().forEach(field -> {
                if (!FREE.contains(field.getKey())
                        || !field.getValue().properties().stream()
                                .allMatch(value -> value.getValue().isValueNode())) {
                    collect(field.getValue(), pointer + "/" + field.getKey().replace("/", "~1"), pointers);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, pointers);
            }
        }
    }
}
