package org.alluvium.trainer.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.fixture.TinyVocabulary;
import org.alluvium.trainer.model.RopeScaling;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.safetensors.Dtype;
import org.alluvium.trainer.safetensors.SafetensorsReader;
import org.alluvium.trainer.safetensors.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that {@code src/test/python/make_llama.py} made with PyTorch. */
class PretrainedModelTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "sharded-bf16, REFERENCE",
        "sharded-bf16, CPU",
        "tied-f16, REFERENCE",
        "tied-f16, CPU",
        "llama3-f32, REFERENCE",
        "linear-f32, REFERENCE"
    })
    void itsLogitsAreThoseOfPyTorchAtEveryPosition(String name, TrainConfig.Backend backend) throws IOException {
        PretrainedModel pretrained = PretrainedModel.open(published(name));
        JsonNode expected =
                JSON.readTree(published(name).resolve("expected.json").toFile());
        int[] ids = JSON.treeToValue(expected.get("ids"), int[].class);
        try (TrainableModel model = load(pretrained, backend)) {
            for (int length = 1; length <= ids.length; length++) {
                float[] logits = JSON.treeToValue(expected.get("logits").get(length - 1), float[].class);
                assertThat(model.nextTokenLogits(ids, length)).containsExactly(logits, within((float) TOLERANCE));
            }
        }
    }

    @Test
    void aFileAnIndexAndAFolderMeanTheSameModel() {
        Path sharded = published("sharded-bf16");
        assertThat(PretrainedModel.open(sharded.resolve(ModelFiles.INDEX))).isEqualTo(PretrainedModel.open(sharded));
        Path single = published("tied-f16");
        assertThat(PretrainedModel.open(single.resolve(ModelFiles.MODEL))).isEqualTo(PretrainedModel.open(single));
    }

    @Test
    void whatTheConfigurationLeavesOutHasTheDefaultsOfItsLayout() {
        PretrainedModel model = PretrainedModel.open(published("llama3-f32"));
        assertThat(model.shape().kvHeads()).isEqualTo(model.shape().heads());
        assertThat(model.shape().ropeTheta()).isEqualTo(20_000);
        assertThat(model.shape().ropeScaling()).isEqualTo(new RopeScaling.Llama3(8, 1, 4, 8));
        assertThat(PretrainedModel.open(published("tied-f16")).shape().headSize())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "model_type, '\"gpt2\"'",
        "model_type, null",
        "hidden_act, '\"gelu\"'",
        "attention_bias, true",
        "mlp_bias, true",
        "sliding_window, 4096",
        "quantization_config, '{\"bits\": 4}'",
        "num_key_value_heads, 3",
        "head_dim, 5",
        "rope_scaling, '{\"rope_type\": \"yarn\", \"factor\": 4}'"
    })
    void whatOurModelDoesNotComputeIsRefusedByItsKey(String key, String value) throws IOException {
        Path copy = copy("linear-f32");
        edit(copy, config -> config.set(key, tree(value)));
        assertThatThrownBy(() -> PretrainedModel.open(copy))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(value.contains("yarn") ? "yarn" : key);
    }

    @ParameterizedTest
    @CsvSource({"vocab_size, 0", "hidden_size, '\"16\"'", "num_hidden_layers, null", "rms_norm_eps, true"})
    void aConfigurationThatSaysNoSizeIsRefusedAsDamaged(String key, String value) throws IOException {
        Path copy = copy("linear-f32");
        edit(copy, config -> config.set(key, tree(value)));
        assertThatThrownBy(() -> PretrainedModel.open(copy))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.layers.0.self_attn.q_proj.bias",
                "model.layers.0.self_attn.q_norm.weight",
                "model.layers.1.input_layernorm.weight"
            })
    void aTensorThatTheLayoutDoesNotHaveIsRefusedByItsName(String name) throws IOException {
        Path copy = copy("linear-f32");
        rewrite(copy, tensors -> tensors.put(name, new float[3]));
        assertRefused(copy, name);
    }

    @Test
    void aTensorThatIsMissingIsNamed() throws IOException {
        Path copy = copy("linear-f32");
        rewrite(copy, tensors -> tensors.remove("model.layers.0.mlp.up_proj.weight"));
        assertRefused(copy, "model.layers.0.mlp.up_proj.weight");
    }

    @Test
    void aTensorOfAnotherShapeIsNamed() throws IOException {
        Path copy = copy("linear-f32");
        edit(copy, config -> config.put("intermediate_size", 25));
        assertRefused(copy, "mlp.gate_proj.weight");
    }

    @Test
    void aTiedOutputProjectionMayBeThereAsLongAsItIsTheEmbedding() throws IOException {
        Path copy = copy("tied-f16");
        rewrite(copy, tensors -> {
            tensors.put(
                    "lm_head.weight", tensors.get("model.embed_tokens.weight").clone());
            tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", new float[] {1, 0.01f});
        });
        load(PretrainedModel.open(copy)).close();
        rewrite(copy, tensors -> tensors.get("lm_head.weight")[7] += 1);
        assertRefused(copy, "lm_head.weight");
    }

    @Test
    void anotherTokenizerIsRefused() throws IOException {
        Vocabulary fitting = TinyVocabulary.of(folder, 20);
        Path copy = copy("linear-f32");
        PretrainedModel model = PretrainedModel.open(copy);
        model.requireVocabulary(fitting);
        assertThatThrownBy(() -> model.requireVocabulary(TinyVocabulary.of(folder, 21)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("20")
                .hasMessageContaining("21");
        TinyVocabulary.write(copy.resolve(ModelFiles.TOKENIZER_MODEL), 19);
        assertThatThrownBy(() -> model.requireVocabulary(fitting))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("tokenizer.model");
    }

    @Test
    void whereThereIsNoModelTheMessageSaysWhatToName() {
        assertThatThrownBy(() -> PretrainedModel.open(folder))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(ModelFiles.INDEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"weight_map\": {\"a\": \"../model.safetensors\"}}", "[]"})
    void anIndexThatPointsNowhereIsRefused(String index) throws IOException {
        Files.writeString(folder.resolve(ModelFiles.INDEX), index);
        assertThatThrownBy(() -> PretrainedModel.open(folder)).isInstanceOf(DataException.class);
    }

    private static void assertRefused(Path place, String name) {
        PretrainedModel pretrained = PretrainedModel.open(place);
        assertThatThrownBy(() -> load(pretrained))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(name);
    }

    private static TrainableModel load(PretrainedModel pretrained) {
        return load(pretrained, TrainConfig.Backend.REFERENCE);
    }

    private static TrainableModel load(PretrainedModel pretrained, TrainConfig.Backend backend) {
        TrainableModel model =
                TrainableModels.create(pretrained.shape(), TrainingSetup.of(1), backend, TrainConfig.Precision.FP32, 2);
        try {
            pretrained.fill(model);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static Path published(String name) {
        try {
            return Path.of(PretrainedModelTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (Stream<Path> files = Files.list(published(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        return copy;
    }

    private static JsonNode tree(String value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(value, e);
        }
    }

    private static void edit(Path model, Consumer<ObjectNode> change) throws IOException {
        Path file = model.resolve(ModelFiles.CONFIG);
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        change.accept(config);
        JSON.writeValue(file.toFile(), config);
    }

    private static void rewrite(Path model, Consumer<Map<String, float[]>> change) throws IOException {
        Path file = model.resolve(ModelFiles.MODEL);
        Map<String, float[]> tensors = new LinkedHashMap<>();
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            for (String name : reader.names()) {
                tensors.put(name, reader.read(name));
                shapes.put(name, reader.shape(name));
            }
        }
        change.accept(tensors);
        List<SafetensorsWriter.Declaration> declarations = tensors.keySet().stream()
                .map(name -> new SafetensorsWriter.Declaration(
                        name, Dtype.F16, shapes.getOrDefault(name, List.of(tensors.get(name).length))))
                .toList();
        try (OutputStream out = Files.newOutputStream(file)) {
            SafetensorsWriter writer = SafetensorsWriter.begin(out, Map.of(), declarations);
            for (float[] tensor : tensors.values()) {
                writer.write(tensor);
            }
            writer.finish();
        }
    }
}
