package org.alluvium.k8s;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says what is wrong with an object, by the published schema of its kind. A field that the schema does not know is wrong
 * everywhere, which the API server itself would only warn of.
 */
final class StrictSchemas {

    private final FlinkSchema flink = new FlinkSchema();
    private final KubernetesModels kubernetes = new KubernetesModels();
    private final JacksonModels models = new JacksonModels();

    /** Empty if it is right. */
    List<String> problems(Resource resource) {
        return switch (group(resource.apiVersion())) {
            case "flink.apache.org" -> flinkProblems(resource);
            case "kafka.strimzi.io", "monitoring.coreos.com" -> custom(resource);
            default -> core(modelOf(resource), resource);
        };
    }

    /** Names and what is required by one set of classes, types by the other. */
    private List<String> core(String model, Resource resource) {
        return Stream.of(kubernetes.problem(model, resource.json()), models.problem(resource))
                .flatMap(Optional::stream)
                .toList();
    }

    private List<String> custom(Resource resource) {
        return Stream.of(kubernetes.problem("V1ObjectMeta", resource.at("/metadata")), models.problem(resource))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The schema of the operator, and Kubernetes' own for each pod that will come of it. */
    private List<String> flinkProblems(Resource resource) {
        List<String> problems = new ArrayList<>(flink.problems(resource.json()));
        kubernetes.problem("V1ObjectMeta", resource.at("/metadata")).ifPresent(problems::add);
        if (problems.isEmpty()) {
            for (String role : Pod.FLINK_ROLES) {
                ObjectNode template = JsonNodeFactory.instance.objectNode();
                template.put("apiVersion", "v1").put("kind", "PodTemplate");
                template.set("template", Pod.flinkTemplate(resource, role));
                problems.addAll(core("V1PodTemplate", new Resource(template)));
            }
        }
        return problems;
    }

    private static String modelOf(Resource resource) {
        String version = resource.apiVersion().replaceFirst(".*/", "");
        return Character.toUpperCase(version.charAt(0)) + version.substring(1) + resource.kind();
    }

    private static String group(String apiVersion) {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }
}
