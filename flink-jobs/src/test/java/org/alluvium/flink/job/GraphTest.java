package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks the graph of a job with every option on. */
class GraphTest {

    private static final int MAX_PARALLELISM = 96;

    @TempDir
    Path folder;

    @BeforeEach
    void createTheFolders() throws IOException {
        new CorpusLayout(folder.resolve("corpus")).create();
        Files.createDirectory(folder.resolve("in"));
    }

    @Test
    void everyOperatorHasAUidAndTheJobsMaxParallelism() {
        StreamGraph graph = environment(2).getStreamGraph();

        assertThat(graph.getStreamNodes())
                .hasSizeGreaterThan(15)
                .allSatisfy(node -> assertThat(node.getTransformationUID())
                        .as(node.getOperatorName())
                        .isNotBlank())
                .extracting(StreamNode::getTransformationUID)
                .doesNotHaveDuplicates();
        assertThat(jobGraph(2).getVertices())
                .extracting(JobVertex::getMaxParallelism)
                .containsOnly(MAX_PARALLELISM);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatMustRunOnceIsATaskOfItsOwnAtAnyParallelism(int parallelism) {
        List<JobVertex> single = vertices(parallelism).stream()
                .filter(vertex -> IngestJob.runsOnce(vertex.getName()))
                .toList();

        assertThat(single)
                .extracting(JobVertex::getName)
                .containsExactlyInAnyOrder("Order claims", "Commit to the log");
        assertThat(single).extracting(JobVertex::getParallelism).containsOnly(1);
        assertThat(vertices(parallelism))
                .filteredOn(vertex -> !IngestJob.runsOnce(vertex.getName()))
                .extracting(JobVertex::getParallelism)
                .containsOnly(parallelism);
    }

    private List<JobVertex> vertices(int parallelism) {
        return List.of(jobGraph(parallelism).getVerticesAsArray());
    }

    private JobGraph jobGraph(int parallelism) {
        return EmbeddedJob.graph(environment(parallelism));
    }

    private StreamExecutionEnvironment environment(int parallelism) {
        AlluviumConfig config =
                ConfigLoader.parse("""
                sources:
                  - {name: crawl, path: in, follow: false}
                  - {name: news, kafka: {brokers: "localhost:9092", topics: [news]}}
                  - {name: mail, kafka: {brokers: "localhost:9092", topics: [mail]}}
                ingest: {parallelism: %d, maxParallelism: %d}
                filters: {language: {identify: true}, pii: {email: redact}, rules: [{families: [gopher_quality]}]}
                dedup: {lines: {enabled: true}, near: {enabled: true}, url: {enabled: true}}
                """.formatted(parallelism, MAX_PARALLELISM), "test", folder, List.of());
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(FlinkSettings.ofJob(config));
        IngestJob.build(environment, config, IngestOptions.DEFAULT);
        return environment;
    }
}
