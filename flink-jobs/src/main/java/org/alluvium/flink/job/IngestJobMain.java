package org.alluvium.flink.job;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.CodeVersion;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.PackedConfig;
import org.alluvium.contracts.layout.CorpusLayout;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Entry point of the job jar on a Flink cluster. Arguments: the configuration, then {@code key=value} pairs and {@code @FILE}s
 * that are taken instead of its own, and {@code --jar=<id>}, the name that the cluster has given the jar. The configuration is
 * the name of a file on the JobManager's machine, or {@linkplain PackedConfig packed}; its paths must mean the same on every
 * machine. The cluster decides where state is restored from.
 *
 * <p>A job tells what it was started with as its global parameters, which whoever wants to start it once more can ask the
 * cluster for: {@value #CONFIGURATION}, packed; {@value #CORPUS}; {@value #JAR}; {@value #VERSION}, of this code.
 */
public final class IngestJobMain {

    public static final String CONFIGURATION = "alluvium.configuration";
    public static final String CORPUS = "alluvium.corpus";
    public static final String JAR = "alluvium.jar";
    public static final String VERSION = "alluvium.version";

    /** What an argument begins with that names the jar. */
    public static final String JAR_OPTION = "--jar=";

    private IngestJobMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            throw new IllegalArgumentException(
                    "usage: IngestJobMain <alluvium.yaml> [key=value | @FILE …] [--jar=<id>]");
        }
        AlluviumConfig config = load(args);
        config.corpus().dir().folder().ifPresent(folder -> new CorpusLayout(folder).create());
        Configuration flink = FlinkSettings.ofJob(config);
        flink.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, parameters(config, args));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        IngestJob.build(environment, config, IngestOptions.DEFAULT);
        environment.execute();
    }

    private static AlluviumConfig load(String[] args) {
        List<String> overrides = List.of(args).subList(1, args.length).stream()
                .filter(argument -> !argument.startsWith(JAR_OPTION))
                .toList();
        return PackedConfig.isPacked(args[0])
                ? PackedConfig.unpack(args[0], overrides)
                : ConfigLoader.load(Path.of(args[0]), overrides);
    }

    private static Map<String, String> parameters(AlluviumConfig config, String[] args) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(CONFIGURATION, PackedConfig.of(config));
        parameters.put(CORPUS, config.corpus().dir().toString());
        parameters.put(VERSION, CodeVersion.current());
        for (String argument : args) {
            if (argument.startsWith(JAR_OPTION)) {
                parameters.put(JAR, argument.substring(JAR_OPTION.length()));
            }
        }
        return parameters;
    }
}
