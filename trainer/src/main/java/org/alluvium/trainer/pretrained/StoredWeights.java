package org.alluvium.trainer.pretrained;

import java.nio.file.Path;
import java.util.List;
import org.alluvium.trainer.safetensors.SafetensorsReader;

/**
 * The weights of a model in a file of tensors, which may hold others beside them.
 *
 * @param file of safetensors
 * @param suffix what stands behind the parameters' names there; nothing where they are by themselves
 */
public record StoredWeights(Path file, String suffix) {

    /** Names of the parameters that the file holds, in its order. */
    List<String> parameters(SafetensorsReader reader) {
        return reader.names().stream()
                .filter(name -> name.endsWith(suffix))
                .map(name -> name.substring(0, name.length() - suffix.length()))
                .toList();
    }

    String nameInFile(String parameter) {
        return parameter + suffix;
    }
}
