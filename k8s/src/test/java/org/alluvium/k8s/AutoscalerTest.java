package org.alluvium.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.flink.job.IngestJob;
import org.alluvium.flink.job.IngestOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What puts things in order by being one is left alone by the autoscaler. */
@EnabledIf(value = "org.alluvium.k8s.Manifests#kubectlIsThere", disabledReason = "there is no kubectl on the path")
class AutoscalerTest {

    private static final String EXCLUDED = "job.autoscaler.vertex.exclude.ids";

    @Test
    void tasksThatMustRunOnceAreExcluded(@TempDir Path folder) throws Exception {
        AlluviumConfig config = ConfigLoader.parse(
                "sources: [{ name: documents, path: . }]",
                "alluvium.yaml",
                folder,
                List.of("ingest.parallelism=2", "dedup.near.enabled=true"));
        Files.createDirectories(folder.resolve("corpus/replay"));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2);
        IngestJob.build(environment, config, IngestOptions.DEFAULT);
        Set<String> once = StreamSupport.stream(
                        environment.getStreamGraph().getJobGraph().getVertices().spliterator(), false)
                .filter(vertex -> IngestJob.runsOnce(vertex.getName()))
                .map(JobVertex::getID)
                .map(Object::toString)
                .collect(Collectors.toSet());

        Resource ingest =
                Manifests.render(Overlay.PRODUCTION.in(Overlay.MANIFESTS)).the("FlinkDeployment", "alluvium-ingest");
        assertThat(once).hasSize(2);
        assertThat(ingest.at("/spec/flinkConfiguration").path(EXCLUDED).asText().split(";", -1))
                .containsExactlyInAnyOrderElementsOf(once);
    }
}
