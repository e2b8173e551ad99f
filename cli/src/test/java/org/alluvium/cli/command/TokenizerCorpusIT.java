package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.alluvium.cli.Main;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.flink.job.IngestOptions;
import org.alluvium.flink.job.IngestProcess;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.reference.NativeEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From sources to a vocabulary, to a corpus made with it, and to what is said of both. */
class TokenizerCorpusIT {

    private static final List<String> WORDS = List.of(
            "river", "sand", "delta", "grows", "every", "year", "water", "carries", "the", "sea", "and", "slowly");

    private static final int DOCUMENTS = 400;

    @TempDir
    private Path folder;

    private String printed = "";

    @Test
    void aVocabularyIsTrainedOnSourcesAndACorpusIsMadeWithItThatReportsAndTrainingReadAgain() throws Exception {
        Path config = configure("");
        Path model = folder.resolve("own.model");
        run(
                ExitCode.OK,
                "train",
                "--type",
                "BPE",
                "--size",
                "380",
                "--output",
                prefix("own"),
                "--sources",
                config.toString(),
                "--documents",
                "300");
        assertThat(folder.resolve("own.sample")).doesNotExist();
        assertThat(folder.resolve("corpus")).as("nothing is published").doesNotExist();
        Vocabulary vocabulary = Vocabulary.load(model);
        assertThat(vocabulary.size()).isEqualTo(380);
        try (Encoder ours = PieceEncoder.of(vocabulary);
                Encoder sentencePieces = NativeEncoder.open(vocabulary)) {
            String text = "The river carries 12 grains of Sand.\n\tεῖ 😀";
            assertThat(ours.encode(text)).isEqualTo(sentencePieces.encode(text));
            assertThat(ours.encode("the river carries")).hasSizeLessThan(6);
        }

        Path withOwn = configure("tokenizer: {model: own.model}\n");
        assertThat(IngestProcess.run(ConfigLoader.load(withOwn, List.of()), IngestOptions.DEFAULT))
                .isEqualTo(ExitCode.OK);
        String corpus = folder.resolve("corpus").toString();

        run(ExitCode.OK, "report", "--json", "--model", model.toString(), "--corpus", corpus);
        JsonNode report = new ObjectMapper().readTree(printed);
        assertThat(report.at("/total/texts").asLong()).isEqualTo(DOCUMENTS);
        assertThat(report.at("/sources/test/bytesPerToken").asDouble()).isGreaterThan(2);
        run(ExitCode.MISMATCH, "report", "--corpus", corpus);

        run(
                ExitCode.OK,
                "drift",
                "--json",
                "--follow",
                "--least-tokens",
                "10",
                "--model",
                model.toString(),
                "--corpus",
                corpus);
        long texts = 0;
        for (String line : printed.lines().toList()) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.get("type").asText()).isEqualTo("vocabulary");
            assertThat(event.get("alerts")).as("all is alike").isEmpty();
            texts += event.get("texts").asLong();
        }
        assertThat(texts).isEqualTo(DOCUMENTS);

        run(ExitCode.OK, "train", "--size", "290", "--output", prefix("all"), "--corpus", withOwn.toString());
        run(
                ExitCode.OK,
                "train",
                "--size",
                "290",
                "--output",
                prefix("again"),
                "--corpus",
                corpus,
                "--model",
                model.toString());
        assertThat(Vocabulary.load(folder.resolve("all.model")).size()).isEqualTo(290);
        assertThat(folder.resolve("again.model")).hasBinaryContent(Files.readAllBytes(folder.resolve("all.model")));
    }

    @Test
    void trainingThatIsInterruptedSaysSoAndLeavesNothing() throws Exception {
        StringBuilder text = new StringBuilder();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 900_000; i++) { // for long enough that nobody is too late to interrupt it
            text.append(Long.toString(random.nextLong() >>> 20, 36)).append(i % 10 == 9 ? '\n' : ' ');
        }
        Files.writeString(folder.resolve("long.txt"), text);
        Process training = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "tokenizer",
                        "train",
                        "--output",
                        prefix("long"),
                        "--size",
                        "30000",
                        folder.resolve("long.txt").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = training.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null && !line.startsWith("reading took")) {
                line = output.readLine();
            }
            assertThat(line).as("training has begun").isNotNull();
            new ProcessBuilder("kill", "-INT", Long.toString(training.pid()))
                    .start()
                    .waitFor();
            assertThat(training.waitFor()).isEqualTo(ExitCode.INTERRUPTED.code());
        } finally {
            training.destroyForcibly();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("long.txt");
        }
    }

    private Path configure(String more) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < DOCUMENTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 20; word++) {
                text.append(WORDS.get((i * 7 + word * word + i / 12 * word) % WORDS.size()))
                        .append(' ');
            }
            lines.append("{\"id\":\"d%d\",\"text\":\"%sof %d\"}\n".formatted(i, text, i));
        }
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/texts.jsonl"), lines);
        return Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [{name: test, path: in, follow: false}]
                ingest: {parallelism: 1, checkpointInterval: 200ms, discoveryInterval: 50ms}
                """ + more);
    }

    private String prefix(String name) {
        return folder.resolve(name).toString();
    }

    private void run(ExitCode expected, String... arguments) {
        CommandLine commandLine = Main.commandLine();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int code = commandLine.execute(
                Stream.concat(Stream.of("tokenizer"), Stream.of(arguments)).toArray(String[]::new));
        printed = out.toString();
        assertThat(code).as(err.toString()).isEqualTo(expected.code());
    }
}
