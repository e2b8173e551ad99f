package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.broker.S3Server;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose machine is lost, and whose archive is a bucket of a real server that is away for a while, too. */
class ArchivedRunIT {

    @TempDir
    private Path folder;

    @Test
    void aRunGoesOnFromItsBucketAloneAsIfNothingHadHappened() throws IOException, InterruptedException {
        TestRun.corpus(folder).commitCut(TestCorpus.documents(1, 47, 30, TestRun.VOCABULARY), 7, 13, 2);
        TestRun undisturbed = new TestRun(folder, "undisturbed");
        undisturbed.train();
        Path secret = Files.writeString(folder.resolve("secret"), S3Server.SECRET_KEY + "\n");
        try (S3Server server = S3Server.start(folder.resolve("s3"), "runs")) {
            TestRun run = new TestRun(
                    folder,
                    "run",
                    "train.archive=" + server.uri("run"),
                    "s3.endpoint=" + server.endpoint(),
                    "s3.pathStyle=true",
                    "s3.accessKey=" + S3Server.ACCESS_KEY,
                    "s3.secretKeyFile=" + secret);
            run.train("train.steps=6");
            AtomicDirectory.delete(run.layout().root());
            String cutOff = "run/checkpoints/step-000000000009.0.9/model.safetensors";
            server.put(cutOff, "half".getBytes(StandardCharsets.UTF_8));
            server.kill();
            server.restart();

            assertThat(run.train()).isEqualTo(ExitCode.OK);

            assertThat(run.event("resume").number("step", 0)).isEqualTo(6);
            assertThat(run.layout().journal())
                    .hasSameTextualContentAs(undisturbed.layout().journal());
            assertThat(run.newestWeights()).isEqualTo(undisturbed.newestWeights());
            assertThat(folder.resolve("s3/data/runs").resolve(cutOff)).doesNotExist();
        }
    }
}
