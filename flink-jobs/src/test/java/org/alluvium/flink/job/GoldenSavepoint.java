package org.alluvium.flink.job;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.log.LogTail;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Makes the savepoints that later releases must restore: {@value #DOCUMENTS} documents read with parallelism 1, the corpus
 * that came out, and the job's state in Flink's canonical format; of a job with no option, and of one with every option that
 * has operators of its own. Made once per release with
 *
 * <pre>./mvnw -q test -pl flink-jobs -am -Dtest=GoldenSavepointMakerTest -Dgolden.target=src/test/resources/golden/0.1.0
 * </pre>
 */
final class GoldenSavepoint {

    static final int DOCUMENTS = 40;
    static final String INPUT = "a.jsonl";
    static final String SAVEPOINT = "savepoint";

    /** Each of them has operators of its own, with state. */
    static final String[] EVERY_OPTION = {
        "dedup.lines.enabled=true", "dedup.near.enabled=true", "dedup.url.enabled=true", "ingest.rejectSample=10"
    };

    private static final int WORDS = 60;
    private static final int LETTERS = 6;

    private GoldenSavepoint() {}

    /** Documents whose texts and addresses have nothing in common, of one host. */
    static String documents(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            SplittableRandom random = new SplittableRandom(i);
            lines.append("{\"id\":\"d%d\",\"url\":\"https://example.org/%d\",\"text\":\"".formatted(i, i));
            for (int word = 0; word < WORDS; word++) {
                lines.append(word == 0 ? "" : " ");
                random.ints(LETTERS, 'a', 'z' + 1)
                        .forEach(letter -> lines.append((char) letter)); // digits are all alike
            }
            lines.append("\"}\n");
        }
        return lines.toString();
    }

    @SuppressWarnings("try") // closing a cluster waits, and may be interrupted
    static void make(Path work, Path target, String... options) throws Exception {
        TestCorpus corpus = new TestCorpus(work).file(INPUT, documents(0, DOCUMENTS));
        corpus.layout().create();
        AlluviumConfig config = corpus.config(true, 1, options);
        Configuration flink =
                FlinkSettings.embedded(FlinkSettings.ofJob(config), 1, Files.createDirectories(work.resolve("tmp")));
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(flink);
        IngestJob.build(environment, config, IngestOptions.DEFAULT);
        MiniClusterConfiguration cluster = new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumSlotsPerTaskManager(1)
                .build();
        try (MiniCluster running = new MiniCluster(cluster);
                LogTail tail = LogTail.open(corpus.layout(), 0)) {
            running.start();
            running.submitJob(EmbeddedJob.graph(environment)).get();
            while (corpus.funnel().accepted() < DOCUMENTS) {
                tail.next(RunningIngest.PATIENCE);
            }
            JobID job = JobID.fromHexString(FlinkSettings.JOB_ID);
            String savepoint = running.stopWithSavepoint(
                            job, work.resolve("savepoints").toUri().toString(), false, SavepointFormatType.CANONICAL)
                    .get();
            copyTree(Path.of(URI.create(savepoint)), target.resolve(SAVEPOINT));
        }
        for (String part : new String[] {"log", "shards"}) {
            copyTree(
                    corpus.layout().root().resolve(part),
                    target.resolve("corpus").resolve(part));
        }
    }

    static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : tree.toList()) {
                Path copy = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(source, copy);
                }
            }
        }
    }
}
