package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.alluvium.cli.fixture.CommandRun;
import org.alluvium.cli.fixture.NumberedCorpus;
import org.alluvium.cli.fixture.QuietTraining;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.verifier.Verify;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of three steps, with a checkpoint after each, over twenty documents in one shard. */
class ProveCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path config;

    @BeforeAll
    static void train() throws IOException {
        config = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: { dir: corpus }
                model: { preset: tiny, context: 16, layers: 1, channels: 16, heads: 2, kvHeads: 1 }
                train:
                  run: run
                  steps: 3
                  batch: 1
                  accumulate: 2
                  shuffleWindow: 4
                  backend: reference
                  checkpoint: { permanentEverySteps: 1 }
                  eval: { heldOutPermille: 0, everySteps: 0, sampleEverySteps: 0 }
                """);
        NumberedCorpus.write(ConfigLoader.load(config, List.of()), 20);
        for (int step = 1; step <= 3; step++) { // one process each, so that each leaves its checkpoint
            QuietTraining.run(ConfigLoader.load(config, List.of("train.steps=" + step)));
        }
    }

    @Test
    void everyPieceOfEveryStepIsProved() throws IOException {
        for (String line : Files.readAllLines(folder.resolve("run/journal.jsonl"))) {
            JsonNode step = JSON.readTree(line);
            for (JsonNode document : step.path("documents")) {
                String id = document.path("id").asText();
                Path proof = prove(id, "3", "--step", step.path("step").asText());
                Verified verified = verify(proof, checkpoint(3).toString());
                assertThat(verified.said())
                        .startsWith("The proof holds: by step 3 the model had learned from document " + id);
                assertThat(verified.said())
                        .contains("in step " + step.path("step").asInt())
                        .contains("row         " + id.substring(4) + " of shards/one.parquet, shard 0 of log entry 0");
                assertThat(verified.code()).isZero();
            }
        }
    }

    @Test
    void aProofIsOfTheCheckpointThatItWasMadeOf() throws IOException {
        Path proof = prove(learned(1), "2");
        assertThat(verify(proof, checkpoint(2).toString()).code()).isZero();
        assertThat(verify(proof, Sha256.of(checkpoint(2).resolve("MANIFEST.json")))
                        .code())
                .isZero();
        assertThat(verify(proof).said()).contains("none was named");
        assertThat(verify(proof, checkpoint(3).toString()).said()).contains("it is about another checkpoint");
        assertThat(verify(proof, "0".repeat(64)).code()).isEqualTo(ExitCode.DATA.code());
    }

    @Test
    void aCheckpointWhoseWeightsAreOthersIsNotVouchedFor() throws IOException {
        Path proof = prove(learned(1), "3");
        Path copy = Files.createDirectories(folder.resolve("copy"));
        try (var files = Files.list(checkpoint(3))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        assertThat(verify(proof, copy.toString()).code()).isZero();
        byte[] weights = Files.readAllBytes(copy.resolve("model.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(copy.resolve("model.safetensors"), weights);
        assertThat(verify(proof, copy.toString()).said())
                .contains("model.safetensors of the checkpoint is not what its manifest says");
    }

    /** Any other character anywhere but in the space between members. */
    @Test
    void aProofThatWasAlteredDoesNotHold() throws IOException {
        Path proof = prove(learned(1), "3");
        String text = JSON.readTree(Files.readString(proof)).toString(); // no space that may be altered
        String manifest = Sha256.of(checkpoint(3).resolve("MANIFEST.json"));
        assertThat(verify(Files.writeString(folder.resolve("altered.json"), text), manifest)
                        .code())
                .isZero();
        Random random = new Random(42);
        for (int i = 0; i < 400; i++) {
            int at = random.nextInt(text.length());
            char other = (char) ('!' + random.nextInt(90));
            if (text.charAt(at) != other) {
                String altered = text.substring(0, at) + other + text.substring(at + 1);
                Verified verified = verify(Files.writeString(folder.resolve("altered.json"), altered), manifest);
                assertThat(verified.code()).as(altered).isEqualTo(ExitCode.DATA.code());
            }
        }
    }

    @Test
    void theLeavesOfOneProofAreNoneOfAnother() throws IOException {
        ObjectNode one = (ObjectNode) JSON.readTree(Files.readString(prove(learned(1), "3")));
        ObjectNode other = (ObjectNode) JSON.readTree(Files.readString(prove(learned(3), "3")));
        String manifest = Sha256.of(checkpoint(3).resolve("MANIFEST.json"));
        for (String member : List.of("document", "piece", "row")) {
            ObjectNode mixed = one.deepCopy();
            mixed.set(member, other.get(member));
            Path file = Files.writeString(folder.resolve("mixed.json"), mixed.toString());
            assertThat(verify(file, manifest).said()).startsWith("The proof does not hold");
        }
    }

    @Test
    void whatWasNotLearnedIsNotProved() throws IOException {
        CommandRun never = command("nobody", "3", folder.resolve("none.json"));
        assertThat(never.code()).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(never.err()).contains("none of the steps 1 to 3 has learned from document 'nobody'");
        List<String> before = pieces(1);
        String later = pieces(3).stream()
                .filter(id -> !before.contains(id))
                .findFirst()
                .orElseThrow();
        assertThat(command(later, "1", folder.resolve("none.json")).err())
                .contains("none of the steps 1 to 1 has learned from document '" + later + "'");
        assertThat(folder.resolve("none.json")).doesNotExist();
    }

    @Test
    void aJournalThatWasAlteredProvesNothing() throws IOException {
        Path journal = folder.resolve("run/journal.jsonl");
        String whole = Files.readString(journal);
        String last = pieces(3).getLast();
        Files.writeString(journal, whole.replace("\"id\":\"" + last + "\"", "\"id\":\"doc-x\""));
        try {
            CommandRun run = command(learned(1), "3", folder.resolve("none.json"));
            assertThat(run.code()).isEqualTo(ExitCode.DATA.code());
            assertThat(run.err()).contains("the journal's steps up to 3 are not those that the checkpoint commits to");
        } finally {
            Files.writeString(journal, whole);
        }
    }

    private static List<String> pieces(int step) throws IOException {
        List<String> ids = new ArrayList<>();
        String line = Files.readAllLines(folder.resolve("run/journal.jsonl")).get(step - 1);
        JSON.readTree(line)
                .path("documents")
                .forEach(document -> ids.add(document.path("id").asText()));
        return ids;
    }

    private static String learned(int step) throws IOException {
        return pieces(step).getFirst();
    }

    private static Path checkpoint(int step) {
        return folder.resolve("run/checkpoints/step-%012d".formatted(step));
    }

    private static Path prove(String id, String checkpoint, String... more) {
        Path proof = folder.resolve("proof-" + id + ".json");
        CommandRun run = command(id, checkpoint, proof, more);
        assertThat(run.err()).doesNotContain("alluvium:");
        assertThat(run.code()).isZero();
        return proof;
    }

    private static CommandRun command(String id, String checkpoint, Path proof, String... more) {
        List<String> all = new ArrayList<>(List.of("doc", id, "--checkpoint", checkpoint));
        all.addAll(List.of("--config", config.toString(), "--output", proof.toString()));
        all.addAll(List.of(more));
        return CommandRun.of("prove", all);
    }

    private record Verified(int code, String said) {}

    private static Verified verify(Path proof, String... checkpoint) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        List<String> arguments = new ArrayList<>(List.of(proof.toString()));
        arguments.addAll(List.of(checkpoint));
        int code = Verify.run(arguments.toArray(String[]::new), stream, stream);
        return new Verified(code, said.toString(StandardCharsets.UTF_8));
    }
}
