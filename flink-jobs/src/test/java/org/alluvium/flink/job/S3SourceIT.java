package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.alluvium.broker.S3Server;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.store.FolderWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads from a real S3 server. */
class S3SourceIT {

    /** Enough that a file of plain lines is read in several parts. */
    private static final int MANY = 4000;

    @TempDir
    Path folder;

    private S3Server server;
    private TestCorpus corpus;

    @BeforeEach
    void start() throws IOException {
        server = S3Server.start(folder.resolve("s3"), "bucket");
        corpus = new TestCorpus(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private AlluviumConfig config(boolean follow, String after) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), S3Server.SECRET_KEY + "\n");
        Path file = folder.resolve("s3.yaml");
        Files.writeString(file, """
                corpus: {dir: corpus}
                s3: {endpoint: "%s", pathStyle: true, accessKey: %s, secretKeyFile: %s}
                sources:
                  - name: bucket
                    path: %s
                    follow: %s
                    files: {pattern: "*.{jsonl,gz}", after: %s, splitBytes: 64Ki}
                ingest: {checkpointInterval: 200ms, discoveryInterval: 50ms}
                """.formatted(
                        server.endpoint(), S3Server.ACCESS_KEY, secret, server.uri("crawl"), follow, after));
        AlluviumConfig config = ConfigLoader.load(file, List.of());
        FlinkFileSystems.setUp(config); // for what the test itself does with objects
        return config;
    }

    private static byte[] documents(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"id\":\"d%d\",\"text\":\"document number %d\"}\n".formatted(i, i));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void everythingUnderAPrefixIsReadOnceInTheOrderOfItsKeys() throws Exception {
        AlluviumConfig config = config(false, "keep");
        server.put("crawl/a.jsonl", documents(0, MANY));
        server.put("crawl/b/c.jsonl.gz", gzip(documents(MANY, MANY + 100)));
        server.put("crawl/_temporary/d.jsonl", documents(-2, -1));
        server.put("other/e.jsonl", documents(-3, -2));

        assertThat(IngestProcess.run(config, IngestOptions.DEFAULT)).isEqualTo(ExitCode.OK);

        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, MANY + 100));
        assertThat(exists("crawl/a.jsonl")).isTrue();
    }

    @Test
    void aServerThatIsKilledIsWaitedForAndWhatWasReadIsDeleted() throws Exception {
        AlluviumConfig config = config(true, "delete");
        server.put("crawl/a.jsonl", documents(0, MANY));
        try (RunningIngest running = RunningIngest.start(corpus, config, IngestOptions.DEFAULT)) {
            running.awaitRows(1);
            server.kill();
            server.restart();
            server.put("crawl/b.jsonl", documents(MANY, MANY + 10));
            running.awaitRows(MANY + 10);
            awaitDeletion("crawl/a.jsonl");
            awaitDeletion("crawl/b.jsonl");
        }
        assertThat(corpus.documentIds()).isEqualTo(TestCorpus.ids(0, MANY + 10));
    }

    private boolean exists(String key) throws IOException {
        org.apache.flink.core.fs.Path object = new org.apache.flink.core.fs.Path(server.uri(key));
        return object.getFileSystem().exists(object);
    }

    /** The object goes at one of the next checkpoints, of which each is a file in the job's folder. */
    private void awaitDeletion(String key) throws IOException, InterruptedException {
        try (FolderWatch watch = FolderWatch.of(RunningIngest.checkpoints(corpus))) {
            while (exists(key)) {
                watch.await(Duration.ofMillis(200));
            }
        }
    }
}
