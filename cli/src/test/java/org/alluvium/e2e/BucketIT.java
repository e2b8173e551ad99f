package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.broker.S3Server;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.e2e.Deployment.Answer;
import org.alluvium.e2e.Deployment.Child;
import org.alluvium.tokenizer.shard.ShardReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts, corpus, state and archive in a bucket; every process is killed and every folder deleted, and it goes on from there. */
class BucketIT {

    private static final int FIRST = 60;
    private static final int ALL = 240;
    private static final int STEPS = 24;

    @TempDir
    private Path folder;

    @Test
    void whatIsLeftInTheBucketIsEnough() throws Exception {
        Path machine = Files.createDirectory(folder.resolve("machine"));
        try (S3Server server = S3Server.start(folder.resolve("s3"), "my-corpus")) {
            Deployment deployment = deployed(machine, server);
            server.put("texts/a.jsonl", lines(0, FIRST));
            try (Child ingest = deployment.start("ingest");
                    Child train = deployment.start("train")) {
                Deployment.await(
                        "a checkpoint is in the archive",
                        () -> !deployment.trainEvents("archive").isEmpty(),
                        ingest,
                        train);
                train.kill();
                ingest.kill();
            }
            AtomicDirectory.delete(machine);
            deployed(Files.createDirectory(machine), server);
            server.put("texts/b.jsonl", lines(FIRST, ALL));

            PageShell.in(machine).run(DeployPage.read().fromTheBucket());

            assertThat(deployment.trainEvents("resume").getFirst().get("notes").toString())
                    .contains("was fetched from the archive");
            CorpusLayout corpus = CorpusLayout.of(ConfigLoader.load(machine.resolve("alluvium.yaml"), List.of()));
            List<String> ids = ids(corpus);
            assertThat(ids).hasSizeGreaterThan(FIRST).isEqualTo(idsUpTo(ids.size()));
            assertThat(weights(deployment)).isEqualTo(weights(trainedFromAFolder()));
            commandsReadWhatIsThere(deployment, ids.size());
            damageInTheBucketIsFoundThere(deployment, server, corpus);
        }
    }

    private static Deployment deployed(Path machine, S3Server server) throws IOException {
        Files.writeString(machine.resolve("secret"), S3Server.SECRET_KEY);
        return Deployment.create(machine, yaml(server));
    }

    /** The same corpus as files of this machine, and a run that nobody disturbed. */
    private Deployment trainedFromAFolder() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy/corpus"));
        Path bucket = folder.resolve("s3/data/my-corpus/alluvium");
        for (String part : List.of("log", "shards")) {
            Files.createDirectory(copy.resolve(part));
            try (Stream<Path> files = Files.list(bucket.resolve(part))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(
                            file, copy.resolve(part).resolve(file.getFileName().toString()));
                }
            }
        }
        Deployment local = Deployment.create(copy.getParent(), "corpus: {dir: corpus}\n" + training());
        try (Child train = local.start("train")) {
            assertThat(train.exitCode()).as(train.tail()).isZero();
        }
        return local;
    }

    private static void commandsReadWhatIsThere(Deployment deployment, int documents) {
        Answer verified = deployment.ask("corpus", "verify", "--json");
        assertThat(verified.code()).as(verified.text()).isZero();
        assertThat(verified.json().get("documents").asInt()).isEqualTo(documents);
        assertThat(deployment.ask("corpus", "verify", "--quick").code()).isZero();
        assertThat(deployment
                        .ask("corpus", "stats", "--json")
                        .json()
                        .get("accepted")
                        .asInt())
                .isEqualTo(documents);
        for (List<String> command : List.of(
                List.of("corpus", "cat"),
                List.of("corpus", "funnel"),
                List.of("corpus", "rejects"),
                List.of("status"))) {
            Answer answer = deployment.ask(command.toArray(String[]::new));
            assertThat(answer.code()).as(command + answer.text()).isZero();
        }
        assertThat(deployment.ask("deadletters", "list").text()).contains("a.jsonl@");
        assertThat(deployment.ask("checkpoint", "list").text())
                .contains("The archive has the checkpoints of the steps " + STEPS);
        assertThat(deployment
                        .ask("status", "--json")
                        .json()
                        .at("/archive/stepsBehind")
                        .asLong(-1))
                .isZero();
    }

    /** Whatever good copies this machine has. */
    private static void damageInTheBucketIsFoundThere(Deployment deployment, S3Server server, CorpusLayout corpus)
            throws IOException, InterruptedException {
        ShardFile shard = shards(corpus).getFirst();
        byte[] content = Files.readAllBytes(corpus.file(shard));
        content[content.length / 2] ^= 1;
        server.put("alluvium/" + shard.path(), content);

        Answer digests = deployment.ask("corpus", "verify", "--digests-only");
        assertThat(digests.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(digests.text()).contains("s3://my-corpus/alluvium/" + shard.path(), "SHA-256");
        assertThat(deployment.ask("corpus", "verify", "--quick").code()).isZero();
        server.put("alluvium/" + shard.path(), new byte[7]);
        Answer sizes = deployment.ask("corpus", "verify", "--quick");
        assertThat(sizes.code()).isEqualTo(ExitCode.DATA.code());
        assertThat(sizes.text()).contains("s3://my-corpus/alluvium/" + shard.path(), "it has 7 bytes");
        assertThat(deployment.ask("corpus", "cat").code()).isZero();
    }

    private static List<ShardFile> shards(CorpusLayout corpus) {
        return StoreShardLog.of(corpus).readFrom(0).stream()
                .filter(Commit.class::isInstance)
                .flatMap(entry -> ((Commit) entry).shards().stream())
                .toList();
    }

    private static List<String> ids(CorpusLayout corpus) {
        List<String> ids = new ArrayList<>();
        for (ShardFile shard : shards(corpus)) {
            try (ShardReader reader = ShardReader.open(corpus.file(shard))) {
                reader.forEachRemaining(row -> ids.add(row.documentId()));
            }
        }
        return ids;
    }

    private static List<String> idsUpTo(int count) {
        return IntStream.range(0, count).mapToObj(i -> "doc-" + i).toList();
    }

    private static byte[] lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\": \"doc-%d\", \"text\": \"Document %d tells of a river that bends %d times.\"}\n"
                        .formatted(i, i, 7 * i))
                .collect(Collectors.joining("", "", from == 0 ? "this is no document\n" : ""))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] weights(Deployment deployment) throws IOException {
        return Files.readAllBytes(
                deployment.checkpoints().resolve("step-%012d".formatted(STEPS)).resolve("model.safetensors"));
    }

    private static String yaml(S3Server server) {
        return """
                corpus: {dir: "s3://my-corpus/alluvium", cacheDir: cache}
                s3: {endpoint: "%s", pathStyle: true, accessKey: %s, secretKeyFile: secret}
                sources: [{name: texts, path: "s3://my-corpus/texts", follow: true}]
                ingest: {checkpointInterval: 300ms, discoveryInterval: 100ms}
                """.formatted(server.endpoint(), S3Server.ACCESS_KEY)
                + training().replace("run: run", "run: run\n  archive: \"s3://my-corpus/run\"");
    }

    private static String training() {
        return """
                model: {preset: tiny, context: 64}
                train:
                  run: run
                  steps: %d
                  batch: 2
                  shuffleWindow: 16
                  threads: 2
                  eval: {everySteps: 0, sampleEverySteps: 0}
                  probes: {texts: []}
                  checkpoint: {every: 300ms, permanentEverySteps: 0}
                """.formatted(STEPS);
    }
}
