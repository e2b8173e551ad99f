package org.alluvium.trainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.trainer.optim.AdamW;
import org.alluvium.trainer.optim.Muon;
import org.alluvium.trainer.optim.Update;

/** Numbers that {@code src/test/python/make_vectors.py} computed with PyTorch; the format is described there. */
record Vectors(
        ModelShape shape,
        JsonNode optimizer,
        List<Step> steps,
        Map<String, float[]> weights,
        Map<String, float[]> gradients,
        Map<String, float[]> updated) {

    /** One optimizer step: its batch, the loss of each token, and the gradient's norm before clipping. */
    record Step(Batch batch, List<Double> losses, double gradientNorm) {}

    static Vectors load(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream(name + ".vectors")) {
            byte[] bytes = in.readAllBytes();
            int headerEnd = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n');
            ObjectMapper mapper = new ObjectMapper();
            JsonNode header = mapper.readTree(bytes, 0, headerEnd);
            ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            values.position(headerEnd + 1);
            Map<String, Map<String, float[]>> tensors = new LinkedHashMap<>();
            for (JsonNode entry : header.get("tensors")) {
                float[] tensor = new float[entry.get("size").asInt()];
                for (int i = 0; i < tensor.length; i++) {
                    tensor[i] = values.getFloat();
                }
                tensors.computeIfAbsent(entry.get("kind").asText(), kind -> new LinkedHashMap<>())
                        .put(entry.get("name").asText(), tensor);
            }
            ModelShape shape = shape(header.get("shape"));
            return new Vectors(
                    shape,
                    header.get("optimizer"),
                    steps(header.get("steps"), shape.context()),
                    tensors.get("weight"),
                    tensors.get("gradient"),
                    tensors.get("updated"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelShape shape(JsonNode node) {
        int channels = node.get("channels").asInt();
        int heads = node.get("heads").asInt();
        return new ModelShape(
                node.get("vocabulary").asInt(),
                node.get("context").asInt(),
                node.get("layers").asInt(),
                channels,
                heads,
                node.get("kvHeads").asInt(),
                node.path("headSize").asInt(channels / heads),
                node.get("hidden").asInt(),
                node.get("ropeTheta").asDouble(),
                new RopeScaling.None(),
                node.get("normEpsilon").asDouble(),
                node.get("tiedEmbeddings").asBoolean(),
                new Architecture(
                        node.path("qkNorm").asBoolean(),
                        ModelConfig.Activation.valueOf(node.path("activation").asText("SWIGLU")),
                        node.path("logitSoftCap").asDouble()));
    }

    private static List<Step> steps(JsonNode nodes, int context) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode node : nodes) {
            Batch batch = new Batch(
                    node.get("rows").asInt(),
                    context,
                    ints(node.get("inputs")),
                    ints(node.get("targets")),
                    ints(node.get("documentStart")));
            List<Double> losses = new ArrayList<>();
            node.get("losses").forEach(loss -> losses.add(loss.asDouble()));
            steps.add(new Step(batch, losses, node.get("gradientNorm").asDouble()));
        }
        return steps;
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    /** What the model must know to take these steps. */
    TrainingSetup setup() {
        return new TrainingSetup(
                steps.getFirst().batch().rows(),
                muon().map(muon -> MuonConfig.Scale.SPECTRAL),
                false,
                optimizer.path("zLoss").asDouble(),
                false,
                false,
                true,
                OptionalInt.empty());
    }

    private Optional<Muon> muon() {
        JsonNode muon = optimizer.path("muon");
        return muon.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Muon(
                        muon.get("learningRate").asDouble(),
                        muon.get("momentum").asDouble(),
                        muon.get("nesterov").asBoolean(),
                        muon.get("iterations").asInt(),
                        muon.get("weightDecay").asDouble()));
    }

    Update update(int number) {
        AdamW adamW = new AdamW(
                optimizer.get("learningRate").asDouble(),
                optimizer.get("beta1").asDouble(),
                optimizer.get("beta2").asDouble(),
                optimizer.get("epsilon").asDouble(),
                optimizer.get("weightDecay").asDouble());
        return new Update(number, optimizer.get("gradientClip").asDouble(), false, adamW, muon(), 0);
    }
}
