package org.alluvium.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * Kubernetes' own kinds, by the classes that are generated from its OpenAPI: each checks that a JSON object has no field but
 * those of the API, and all that the API requires, down to the last.
 */
final class KubernetesModels {

    private static final String PACKAGE = "io.kubernetes.client.openapi.models.";

    /** What is wrong, if anything, with an object of a model such as {@code V1Pod}. */
    Optional<String> problem(String model, JsonNode json) {
        JsonElement element = JsonParser.parseString(json.toString());
        try {
            Class.forName(PACKAGE + model)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, element);
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.of("Kubernetes has no " + model);
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
