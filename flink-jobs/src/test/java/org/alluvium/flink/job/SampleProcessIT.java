package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.store.FolderWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample of what is kept depends on the texts, and not on how they are read. */
class SampleProcessIT {

    private static final int DOCUMENTS = 1_200;
    private static final int SAMPLED = 200;

    @TempDir
    Path folder;

    @Test
    void itIsTheSameWithOneSubtaskAndAfterAnInterruptionWithThree() throws Exception {
        Sample whole = new Sample(folder.resolve("whole"), SAMPLED, 1);
        assertThat(SampleProcess.run(config(1, "follow: true"), whole)).isEqualTo(ExitCode.OK);
        List<String> texts = Files.readAllLines(whole.text());
        assertThat(Set.copyOf(texts)).as("each text once").hasSize(SAMPLED);
        assertThat(texts).allMatch(text -> text.startsWith("kept "));

        Sample stopped = new Sample(folder.resolve("stopped"), SAMPLED, 1);
        AlluviumConfig slow = config(3, "follow: true, flow: {rateLimit: 300}");
        assertThat(runUntilACheckpoint(slow, stopped)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(stopped.text()).doesNotExist();
        assertThat(SampleProcess.run(slow, stopped)).isEqualTo(ExitCode.OK);
        assertThat(stopped.text()).hasSameTextualContentAs(whole.text());

        AlluviumConfig other = config(1, "follow: true, format: text");
        assertThatThrownBy(() -> SampleProcess.run(other, whole)).isInstanceOf(MismatchException.class);
        whole.delete();
        assertThat(whole.folder()).doesNotExist();
    }

    private static ExitCode runUntilACheckpoint(AlluviumConfig config, Sample sample) throws Exception {
        CompletableFuture<Void> stop = new CompletableFuture<>();
        CompletableFuture<ExitCode> end = CompletableFuture.supplyAsync(
                () -> SampleProcess.run(config, sample, stop), task -> new Thread(task).start());
        Path checkpoints =
                Files.createDirectories(sample.folder().resolve("state").resolve(FlinkSettings.JOB_ID));
        try (FolderWatch watch = FolderWatch.of(checkpoints)) {
            while (!end.isDone() && !hasCheckpoint(checkpoints)) {
                watch.await(Duration.ofMillis(50));
            }
        }
        stop.complete(null);
        return end.get();
    }

    private static boolean hasCheckpoint(Path checkpoints) throws IOException {
        try (var files = Files.walk(checkpoints, 2)) {
            return files.anyMatch(file -> file.endsWith("_metadata"));
        }
    }

    /** Documents of which a third are short, which the filter drops, and some of the others come twice. */
    private AlluviumConfig config(int parallelism, String source) throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        for (int file = 0; file < 6; file++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < DOCUMENTS / 6; i++) {
                int number = file * DOCUMENTS / 6 + i;
                String text = number % 3 == 0 ? "short" + number : "kept text of the number " + number % 900;
                lines.append("{\"id\":\"d%d\",\"text\":\"%s\"}\n".formatted(number, text));
            }
            Files.writeString(in.resolve("part-" + file + ".jsonl"), lines);
        }
        Path yaml = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [{name: test, path: in, %s}]
                ingest: {parallelism: %d, checkpointInterval: 200ms, discoveryInterval: 50ms}
                filters: {rules: [{families: [gopher_quality], gopherQuality: {minWords: 3, minStopWords: 0, minAlphabeticWords: 0}}]}
                """.formatted(source, parallelism));
        return ConfigLoader.load(yaml, List.of());
    }
}
