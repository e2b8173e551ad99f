package org.alluvium.tokenizer.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.document.Encoders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class VocabularyTrainerTest {

    @TempDir
    private Path folder;

    private Path text;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void writeText() throws IOException {
        text = folder.resolve("a,text.txt");
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            String word = Integer.toString(1_000_000 + random.nextInt(200), Character.MAX_RADIX);
            lines.append("über  the ").append(word).append(i % 5 == 0 ? '\n' : ' ');
        }
        Files.writeString(text, lines);
    }

    @Test
    void withoutTheTrainerItSaysHowToInstallIt() {
        VocabularyTrainer trainer =
                new VocabularyTrainer(folder.resolve("not-there").toString());
        assertThatThrownBy(() -> trainer.train(request(300), log::add))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("apt-get install sentencepiece");
        assertThat(contents()).containsExactly("a,text.txt");
    }

    @Test
    void aMissingInputIsNamed() {
        TrainingRequest request =
                new TrainingRequest(List.of(folder.resolve("none.txt")), folder.resolve("out"), 300, 1);
        assertThatThrownBy(() -> new VocabularyTrainer("true").train(request, log::add))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("none.txt");
    }

    @Test
    void aMissingFolderIsNamed() {
        TrainingRequest request = new TrainingRequest(List.of(text), folder.resolve("none/out"), 300, 1);
        assertThatThrownBy(() -> new VocabularyTrainer("true").train(request, log::add))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aRefusalIsPassedOnAndLeavesNothing() throws IOException {
        VocabularyTrainer trainer = new VocabularyTrainer(script("echo Vocabulary size too high >&2; exit 3"));
        assertThatThrownBy(() -> trainer.train(request(300), log::add))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("Vocabulary size too high");
        assertThat(log).containsExactly("Vocabulary size too high");
        assertThat(contents()).containsExactly("a,text.txt", "spm");
    }

    @Test
    void theInstalledTrainerMakesALosslessVocabularyThatIsTheSameEveryTime() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, VocabularyTrainer.PROGRAM))),
                "spm_train is not installed");
        VocabularyTrainer trainer = new VocabularyTrainer(VocabularyTrainer.PROGRAM);
        Vocabulary first = trainer.train(request(300), log::add);
        Vocabulary again = trainer.train(request(300), log::add);
        assertThat(again.digest()).isEqualTo(first.digest());
        assertThat(first.size()).isEqualTo(300);
        assertThat(first.spec().lossless()).isTrue();
        assertThat(Vocabulary.load(folder.resolve("out.model")).digest()).isEqualTo(first.digest());
        assertThat(contents()).containsExactly("a,text.txt", "out.model", "out.vocab");
        try (Encoder encoder = Encoders.open(first)) {
            assertThat(first.decode(encoder.encode(" über  12 \u6C49\n"))).isEqualTo(" über  12 \u6C49\n");
        }
    }

    private TrainingRequest request(int size) {
        return new TrainingRequest(List.of(text), folder.resolve("out"), size, 1);
    }

    private String script(String body) throws IOException {
        Path script = folder.resolve("spm");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    private List<String> contents() {
        String[] names = folder.toFile().list();
        return Stream.of(names == null ? new String[0] : names).sorted().toList();
    }
}
