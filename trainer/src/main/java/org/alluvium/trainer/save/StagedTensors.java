package org.alluvium.trainer.save;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.alluvium.trainer.checkpoint.TensorName;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.safetensors.Dtype;
import org.alluvium.trainer.safetensors.SafetensorsWriter;

/**
 * A copy of a model's weights and moments in memory, so that training can go on while they are written. The buffers are
 * allocated once, outside the heap, at most three floats a parameter. Not thread-safe: whoever hands it from one thread to another orders the two.
 */
final class StagedTensors implements AutoCloseable {

    /** Loaders of Hugging Face models look for it. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private final Arena arena = Arena.ofShared(); // filled by one thread, written by another
    private final SequencedMap<TensorName, MemorySegment> weights = new LinkedHashMap<>();
    private final SequencedMap<TensorName, MemorySegment> moments = new LinkedHashMap<>();

    StagedTensors(TrainableModel model) {
        for (ParameterInfo parameter : model.parameters()) {
            TensorName.weightOf(parameter).forEach(name -> weights.put(name, allocate(parameter)));
            TensorName.momentsOf(parameter, model).forEach(name -> moments.put(name, allocate(parameter)));
        }
    }

    private MemorySegment allocate(ParameterInfo parameter) {
        return arena.allocate(ValueLayout.JAVA_FLOAT, parameter.size());
    }

    /** Size of all buffers. */
    long bytes() {
        return Stream.of(weights, moments)
                .flatMap(tensors -> tensors.values().stream())
                .mapToLong(MemorySegment::byteSize)
                .sum();
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

    private static void write(OutputStream out, SequencedMap<TensorName, MemorySegment> tensors) throws IOException {
        List<SafetensorsWriter.Declaration> declarations = tensors.sequencedKeySet().stream()
                .map(name -> new SafetensorsWriter.Declaration(
                        name.inFile(), Dtype.F32, name.parameter().dimensions()))
                .toList();
        SafetensorsWriter writer = SafetensorsWriter.begin(out, METADATA, declarations);
        for (MemorySegment tensor : tensors.values()) {
            writer.write(tensor);
        }
        writer.finish();
    }

    @Override
    public void close() {
        arena.close();
    }
}
