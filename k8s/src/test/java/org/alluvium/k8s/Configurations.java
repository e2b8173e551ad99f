package org.alluvium.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;

/** The configurations of an overlay's processes, read as each would read its own. */
final class Configurations {

    /** Where every pod finds its configuration. */
    static final String MOUNT = "/etc/alluvium/";

    private final Manifests manifests;
    private final Path mounted;

    /** Writes the files of the overlay's ConfigMap to a folder, as a mount would. */
    Configurations(Manifests manifests, Path mounted) {
        this.manifests = manifests;
        this.mounted = mounted;
        Resource.texts(manifests.configuration().at("/data")).forEach(this::write);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(mounted.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AlluviumConfig ofIngest() {
        return load(texts(manifests.the("FlinkDeployment", "alluvium-ingest").at("/spec/job/args")));
    }

    /** Of a Deployment or StatefulSet: its arguments are a command, {@code --config=} and {@code --set=}. */
    AlluviumConfig of(String kind, String name) {
        List<String> arguments = arguments(kind, name);
        return load(arguments.stream()
                .filter(argument -> argument.matches("--(config|set)=.*"))
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .toList());
    }

    List<String> arguments(String kind, String name) {
        return texts(manifests.the(kind, name).at("/spec/template/spec/containers/0/args"));
    }

    /** The same with paths as they are on this machine. */
    List<String> here(List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.replace(MOUNT, mounted + "/"))
                .toList();
    }

    private AlluviumConfig load(List<String> files) {
        List<String> here = here(files);
        return ConfigLoader.load(Path.of(here.get(0)), here.subList(1, here.size()));
    }

    private static List<String> texts(JsonNode list) {
        return Resource.items(list).map(JsonNode::asText).toList();
    }
}
