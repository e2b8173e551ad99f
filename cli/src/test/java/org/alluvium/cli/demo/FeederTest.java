package org.alluvium.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeederTest {

    private static final String TEXT = IntStream.range(0, 60)
            .mapToObj(i -> "title\t2001-01-01\tbody " + i + "\n")
            .collect(Collectors.joining());
    private static final DemoCorpus CORPUS = DemoCorpus.of(TEXT.getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path inbox;

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(inbox)) {
            return files.sorted().toList();
        }
    }

    @Test
    void theFilesTogetherAreTheCorpusInOrder() throws Exception {
        Feeder feeder = Feeder.resume(inbox, CORPUS);
        while (!feeder.isDone()) {
            feeder.publishNext();
        }
        StringBuilder fed = new StringBuilder();
        for (Path file : files()) {
            fed.append(Files.readString(file));
        }
        assertThat(fed.toString()).isEqualTo(TEXT);
        assertThat(files()).hasSize(3);
        assertThat(feeder.published()).isEqualTo(60);
    }

    @Test
    void aFeederThatWasKilledGoesOnWhereItWas() throws Exception {
        Feeder killed = Feeder.resume(inbox, CORPUS);
        killed.publishNext();
        Files.writeString(inbox.resolve("." + Feeder.name(1)), "title\t2001-");
        Feeder feeder = Feeder.resume(inbox, CORPUS);
        assertThat(feeder.published()).isEqualTo(Feeder.DOCUMENTS_PER_FILE);
        feeder.publishNext();
        assertThat(Files.readString(inbox.resolve(Feeder.name(1))))
                .isEqualTo(new String(CORPUS.lines(25, 50), StandardCharsets.UTF_8));
        assertThat(files()).hasSize(2);
    }

    @Test
    void afterTheLastFileNothingMoreIsPublished() throws Exception {
        Feeder feeder = Feeder.resume(inbox, CORPUS);
        IntStream.range(0, 10).forEach(i -> feeder.publishNext());
        assertThat(files()).hasSize(3);
    }
}
