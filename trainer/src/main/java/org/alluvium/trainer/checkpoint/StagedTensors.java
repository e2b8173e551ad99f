package org.alluvium.trainer.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.safetensors.Dtype;
import org.alluvium.trainer.safetensors.SafetensorsWriter;

/**
 * A copy of a model's weights and moments in memory, so that training can go on while they are written. The buffers are
 * allocated once, at most three floats a parameter. Not thread-safe: whoever hands it from one thread to another orders the two.
 */
final class StagedTensors {

    /** Loaders of Hugging Face models look for it. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private final SequencedMap<TensorName, float[]> weights = new LinkedHashMap<>();
    private final SequencedMap<TensorName, float[]> moments = new LinkedHashMap<>();

    StagedTensors(TrainableModel model) {
        for (ParameterInfo parameter : model.parameters()) {
            TensorName.weightOf(parameter).forEach(name -> weights.put(name, new float[parameter.size()]));
            TensorName.momentsOf(parameter, model).forEach(name -> moments.put(name, new float[parameter.size()]));
        }
    }

    /** Copies everything out of the model. */
    void capture(TrainableModel model) {
        weights.forEach((name, tensor) -> model.read(name.parameter(), name.slot(), tensor));
        moments.forEach((name, tensor) -> model.read(name.parameter(), name.slot(), tensor));
    }

    /** Writes {@code model.safetensors}. */
    void writeWeights(OutputStream out) throws IOException {
        write(out, weights);
    }

    /** Writes {@code optimizer.safetensors}: for each parameter what the optimizer remembers of it. */
    void writeMoments(OutputStream out) throws IOException {
        write(out, moments);
    }

    private static void write(OutputStream out, SequencedMap<TensorName, float[]> tensors) throws IOException {
        List<SafetensorsWriter.Declaration> declarations = tensors.sequencedKeySet().stream()
                .map(name -> new SafetensorsWriter.Declaration(
                        name.inFile(), Dtype.F32, name.parameter().dimensions()))
                .toList();
        SafetensorsWriter writer = SafetensorsWriter.begin(out, METADATA, declarations);
        for (float[] tensor : tensors.values()) {
            writer.write(tensor);
        }
        writer.finish();
    }
}
