package org.alluvium.trainer.save;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.bytelevel.ByteChars;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointKind;
import org.alluvium.trainer.checkpoint.CheckpointState;
import org.alluvium.trainer.checkpoint.CheckpointState.Identity;
import org.alluvium.trainer.checkpoint.CheckpointState.Progress;
import org.alluvium.trainer.checkpoint.ComputedBy;
import org.alluvium.trainer.checkpoint.Consumed;
import org.alluvium.trainer.checkpoint.Lineage;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.fixture.BigramModel;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.score.PrequentialScores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokenizer in a checkpoint's folder, held to the engine that transformers loads it with. */
class CheckpointTokenizerTest {

    private static final List<String> TEXTS = List.of(
            "Herr Pr\u00E4sident, the Commission\u2019s proposal of 12 May 2004 \u2014 na\u00EFve?",
            "two  spaces,\ttab\n\nlines \uD83D\uDE00 \u4E2D\u6587",
            "");

    @TempDir
    private Path folder;

    @Test
    void huggingFacesEngineLoadsItAndGivesTheSameIdsAndEnds() throws IOException {
        Vocabulary vocabulary = Vocabulary.bundled();
        Path checkpoint = write(vocabulary, new DocumentEnds(true, true), "run");

        assertThat(json(checkpoint, "tokenizer_config.json")
                        .path("tokenizer_class")
                        .textValue())
                .isEqualTo("PreTrainedTokenizerFast");
        assertThat(json(checkpoint, "tokenizer_config.json").has("tokenizer_json_differs"))
                .isTrue();
        assertThat(json(checkpoint, "config.json").path("eos_token_id").intValue())
                .isEqualTo(vocabulary.eosId());
        try (HuggingFaceTokenizer theirs = open(checkpoint);
                PieceEncoder ours = PieceEncoder.of(vocabulary)) {
            for (String text : TEXTS) {
                int[] ids = ours.encode(text);
                int[] document = new int[ids.length + 2];
                document[0] = vocabulary.bosId();
                System.arraycopy(ids, 0, document, 1, ids.length);
                document[ids.length + 1] = vocabulary.eosId();
                assertThat(theirs.encode(text, true, false).getIds()).isEqualTo(longs(document));
                assertThat(theirs.decode(longs(ids))).isEqualTo(text);
            }
        }
    }

    @Test
    void theManifestCountsItAndAnotherCheckpointHasTheSame() throws IOException {
        Path one = write(Vocabulary.bundled(), new DocumentEnds(false, true), "one");
        Path other = write(Vocabulary.bundled(), new DocumentEnds(false, true), "other");
        CheckpointManifest manifest = CheckpointManifest.verify(one);
        assertThat(manifest.files()).containsKeys("tokenizer.model", "tokenizer.json", "tokenizer_config.json");
        assertThat(CheckpointManifest.read(other).files()).isEqualTo(manifest.files());
    }

    @Test
    void theFileOfAByteLevelVocabularyIsKeptAsItIs() throws IOException {
        byte[] file = byteLevel();
        Path checkpoint = write(Vocabulary.parse(file, "bytes"), new DocumentEnds(false, true), "run");

        assertThat(checkpoint.resolve("tokenizer.json")).hasBinaryContent(file);
        assertThat(checkpoint.resolve("tokenizer.model")).doesNotExist();
        Vocabulary kept = Checkpoint.verified(checkpoint).vocabulary();
        assertThat(kept.byteLevel()).isPresent();
        try (HuggingFaceTokenizer theirs = open(checkpoint);
                PieceEncoder ours = PieceEncoder.of(kept)) {
            for (String text : TEXTS) {
                assertThat(theirs.encode(text, false, false).getIds()).isEqualTo(longs(ours.encode(text)));
            }
        }
        // As earlier releases kept it.
        Files.move(checkpoint.resolve("tokenizer.json"), checkpoint.resolve("tokenizer.model"));
        assertThat(Checkpoint.open(checkpoint).vocabulary().digest()).isEqualTo(kept.digest());
    }

    @Test
    void aVocabularyThatCannotBeExpressedIsKeptWithTheReason() throws IOException {
        SentencePieceModel bundled = Vocabulary.bundled().model();
        SentencePieceModel suffix = new SentencePieceModel(
                bundled.pieces(),
                bundled.trainer().toBuilder()
                        .modelType(ModelType.UNIGRAM)
                        .treatWhitespaceAsSuffix(true)
                        .build(),
                bundled.normalizer());
        Vocabulary vocabulary = Vocabulary.parse(suffix.toBytes(), "suffix");
        Path checkpoint = write(vocabulary, new DocumentEnds(false, true), "run");

        assertThat(checkpoint.resolve("tokenizer.json")).doesNotExist();
        JsonNode config = json(checkpoint, "tokenizer_config.json");
        assertThat(config.path("tokenizer_json_missing").textValue()).contains("spaces at the end of words");
        assertThat(Checkpoint.verified(checkpoint).vocabulary().digest()).isEqualTo(vocabulary.digest());
        assertThat(Checkpoint.open(checkpoint).ends()).isEqualTo(new DocumentEnds(false, true));
    }

    /** Every byte, one merge, and an end of documents. */
    private static byte[] byteLevel() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("version", "1.0");
        root.putArray("added_tokens")
                .addObject()
                .put("id", 257)
                .put("content", "<|endoftext|>")
                .put("special", true)
                .put("normalized", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("single_word", false);
        root.putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        ObjectNode vocab = model.putObject("vocab");
        for (int value = 0; value < 256; value++) {
            vocab.put(Character.toString(ByteChars.of((byte) value)), value);
        }
        vocab.put("th", 256);
        model.putArray("merges").add("t h");
        return root.toString().getBytes(UTF_8);
    }

    private Path write(Vocabulary vocabulary, DocumentEnds ends, String name) {
        BigramModel model = new BigramModel(BigramModel.shape(20, 8));
        model.initialize(5);
        CheckpointState state = new CheckpointState(
                CheckpointState.VERSION,
                CheckpointKind.PERMANENT,
                new Progress(1, 32, 90, 200),
                Cursor.START,
                new BatchPlan(-7, 10, 100, 2, 8, 2),
                new Identity(vocabulary.digest(), "writer", "cd".repeat(32), "test"),
                "warmup",
                0.001,
                java.time.Instant.parse("2026-01-02T03:04:05Z"));
        Path target = new RunLayout(folder.resolve(name)).create().checkpoint(1);
        try (StagedTensors tensors = new StagedTensors(model)) {
            tensors.capture(model);
            CheckpointWriter.toDisk(model.shape(), vocabulary, ends)
                    .write(
                            target,
                            tensors,
                            new CheckpointWriter.Records(
                                    state,
                                    Lineage.between(0, Cursor.START, 1, Cursor.START),
                                    GuardState.START,
                                    PrequentialScores.NONE,
                                    Consumed.NOTHING,
                                    ComputedBy.of(model.backend())),
                            MerkleTree.EMPTY);
        }
        return target;
    }

    private static HuggingFaceTokenizer open(Path checkpoint) throws IOException {
        return HuggingFaceTokenizer.newInstance(
                checkpoint.resolve("tokenizer.json"), Map.of("truncation", "false", "padding", "false"));
    }

    private static JsonNode json(Path checkpoint, String file) throws IOException {
        return new ObjectMapper().readTree(checkpoint.resolve(file).toFile());
    }

    private static long[] longs(int[] ids) {
        return Arrays.stream(ids).asLongStream().toArray();
    }
}
