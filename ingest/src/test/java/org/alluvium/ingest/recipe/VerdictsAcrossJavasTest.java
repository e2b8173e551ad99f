package org.alluvium.ingest.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.quality.Features;
import org.alluvium.ingest.quality.QualityModelFile;
import org.alluvium.ingest.quality.QualityTrainer;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What filters say must not depend on the Java that runs them: each comes with its own version of Unicode. */
class VerdictsAcrossJavasTest {

    @TempDir
    Path folder;

    private List<Path> configs;

    @BeforeEach
    void writeARecipeOfEverything() throws IOException {
        Files.writeString(folder.resolve("words.txt"), "casino\npoker\n");
        Files.writeString(
                folder.resolve("evaluation.txt"),
                VerdictCorpus.documents().get(25).text() + "\n");
        QualityTrainer trainer = new QualityTrainer(QualityTrainer.Plan.of(Features.WORDS));
        for (Document document : VerdictCorpus.documents()) {
            boolean reference = document.eventTimeMillis() % 3 == 0;
            trainer.add(ContentHasher.v1(document.text()), document.text(), reference);
        }
        QualityModelFile.write(trainer.train(), folder.resolve("quality.bin"));
        configs = List.of(recipe("strict", "rules: [{}]"), recipe("lenient", "rules: []"));
    }

    private Path recipe(String name, String rules) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                sources: [{name: verdicts, path: .}]
                filters:
                  %s
                  url: {bannedWords: [words.txt]}
                  language: {identify: true, minConfidence: 0, paragraphs: same}
                  pii: {email: redact, phone: redact, ip: mask, iban: redact, creditCard: mask, nationalId: redact, secret: drop}
                  decontamination: {sets: [{name: evaluation, path: evaluation.txt}]}
                  quality: {model: quality.bin}
                """.formatted(rules));
    }

    @Test
    void everyVerdictAndEveryValueIsTheSameOnJava17() throws Exception {
        Optional<Path> java = java17();
        assumeThat(java)
                .as("no Java 17 in JAVA_17_HOME or /usr/lib/jvm: nothing was compared")
                .isPresent();

        List<String> there = linesOf(java.orElseThrow());
        List<String> here = Verdicts.of(configs);

        assertThat(there).hasSameSizeAs(here);
        assertThat(IntStream.range(0, here.size())
                        .filter(line -> !here.get(line).equals(there.get(line)))
                        .mapToObj(line -> here.get(line) + "\nbut on Java 17\n" + there.get(line)))
                .isEmpty();
    }

    @Test
    void theCorpusGivesTheFiltersSomethingToDo() {
        List<String> verdicts = Verdicts.of(configs);

        for (String verdict : List.of(
                " passes ",
                " url.",
                " gopher_",
                " c4_",
                " fineweb_",
                " pii.",
                " decontamination.",
                " quality.",
                "pii.email=")) {
            assertThat(verdicts).as(verdict).anyMatch(line -> line.contains(verdict));
        }
    }

    private List<String> linesOf(Path java) throws IOException, InterruptedException {
        Path out = folder.resolve("verdicts.txt");
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder command = new ProcessBuilder(
                java.toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Verdicts.class.getName(),
                out.toString());
        configs.forEach(config -> command.command().add(config.toString()));
        Process process = command.redirectErrorStream(true)
                .redirectOutput(errors.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(errors, UTF_8)).isZero();
        return Files.readAllLines(out, UTF_8);
    }

    private static Optional<Path> java17() throws IOException {
        Optional<Path> named =
                Optional.ofNullable(System.getenv("JAVA_17_HOME")).map(Path::of);
        if (named.isPresent()) {
            return named.map(home -> home.resolve("bin/java"));
        }
        Path usual = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(usual)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(usual)) {
            return homes.filter(home -> home.getFileName().toString().matches(".*\\b17\\b.*"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .sorted()
                    .findFirst();
        }
    }
}
