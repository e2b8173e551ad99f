package org.alluvium.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.alluvium.broker.Broker;
import org.alluvium.broker.RegistryServer;
import org.alluvium.broker.S3Server;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.e2e.Deployment.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/sources.md}, run as they stand. */
class SourcesPageIT {

    private static final SourcesPage PAGE = SourcesPage.read();
    private static final String OBJECTS = "Object stores";

    @TempDir
    private Path folder;

    @Test
    void everyExampleIsAWholeConfiguration() {
        PAGE.examples()
                .forEach((heading, yaml) -> assertThatCode(() -> ConfigLoader.parse(yaml, heading, folder, List.of()))
                        .as(heading)
                        .doesNotThrowAnyException());
    }

    @Test
    void everyExampleIsRunByATest() {
        List<String> run = new ArrayList<>(List.of(OBJECTS, GatewayIT.EXAMPLE));
        SourceSamples.ofFolders().forEach(sample -> run.add(sample.heading()));
        TopicSamples.all().forEach(sample -> run.add(sample.heading()));
        assertThat(PAGE.examples().keySet()).containsExactlyInAnyOrderElementsOf(run);
    }

    @Test
    void foldersOfEveryFormatBecomeDocuments() {
        List<SourceSamples.Sample> samples = SourceSamples.ofFolders();
        SourceSamples.layOut(samples, folder);
        Map<String, Long> expected = new TreeMap<>(samples.stream()
                .collect(Collectors.toMap(SourceSamples.Sample::source, SourceSamples.Sample::documents)));
        String yaml = PAGE.together(
                samples.stream().map(SourceSamples.Sample::heading).toList());

        ingest(yaml, sum(expected));

        assertThat(acceptedBySource()).isEqualTo(expected);
    }

    @Test
    void objectsOfAStoreBecomeDocuments() throws IOException, InterruptedException {
        try (S3Server server = S3Server.start(folder.resolve("s3"), "texts")) {
            server.put("incoming/day/a.jsonl", "{\"id\": \"o-1\", \"text\": \"An object.\"}\n".getBytes(UTF_8));
            Files.writeString(folder.resolve("s3-secret"), S3Server.SECRET_KEY);

            Deployment deployment =
                    ingest(PAGE.examples().get(OBJECTS).replace("http://localhost:9000", server.endpoint()), 1);

            assertThat(deployment.acceptedIds()).containsExactly("o-1");
        }
    }

    @Test
    void topicsOfEveryFormatBecomeDocuments() throws IOException, ExecutionException, InterruptedException {
        List<TopicSamples.Sample> samples = TopicSamples.all();
        List<String> ids =
                samples.stream().flatMap(sample -> sample.ids().stream()).toList();
        try (Broker broker = Broker.start(folder.resolve("broker"));
                RegistryServer registry = new RegistryServer()) {
            TopicSamples.register(registry, folder);
            TopicSamples.send(samples, broker.address());
            String yaml = PAGE.together(
                            samples.stream().map(TopicSamples.Sample::heading).toList())
                    .replace("localhost:9092", broker.address())
                    .replace("http://localhost:8081", registry.address().toString());

            Deployment deployment = ingest(yaml, ids.size());

            assertThat(deployment.acceptedIds()).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    /** Runs ingest until the log tells that so many records were read. */
    private Deployment ingest(String yaml, long records) {
        Deployment deployment = Deployment.create(folder, yaml);
        try (Child ingest = deployment.start("ingest")) {
            Deployment.await(records + " records were read", () -> deployment.recordsRead() >= records, ingest);
            ingest.terminate();
        }
        return deployment;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Documents in the corpus, by the name of their source. */
    private Map<String, Long> acceptedBySource() {
        Map<String, Long> accepted = new TreeMap<>();
        for (LogEntry entry :
                StoreShardLog.of(new CorpusLayout(folder.resolve("corpus"))).readFrom(0)) {
            if (entry instanceof LogEntry.Commit commit) {
                commit.shards()
                        .forEach(shard -> shard.rowsPerSource()
                                .forEach((source, rows) -> accepted.merge(source, rows, Long::sum)));
            }
        }
        return accepted;
    }
}
