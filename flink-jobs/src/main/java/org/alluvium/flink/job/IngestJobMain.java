package org.alluvium.flink.job;

import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Entry point of the job jar on a Flink cluster: {@code flink run -c org.alluvium.flink.job.IngestJobMain
 * alluvium-ingest-job.jar alluvium.yaml [key=value | @FILE …]}. The configuration's paths must mean the same on every machine. The
 * cluster decides where checkpoints are restored from ({@code flink run -s}).
 */
public final class IngestJobMain {

    private IngestJobMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            throw new IllegalArgumentException("usage: IngestJobMain <alluvium.yaml> [key=value | @FILE …]");
        }
        AlluviumConfig config =
                ConfigLoader.load(Path.of(args[0]), List.of(args).subList(1, args.length));
        new CorpusLayout(config.corpus().dir()).create();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(FlinkSettings.ofJob(config));
        IngestJob.build(environment, config, IngestOptions.DEFAULT);
        environment.execute();
    }
}
