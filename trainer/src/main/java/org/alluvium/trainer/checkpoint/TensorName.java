package org.alluvium.trainer.checkpoint;

import java.util.List;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.safetensors.SafetensorsReader;

/**
 * One tensor of a parameter and its name in a file: weights have the parameter's name, moments have it with
 * {@code .first_moment} or {@code .second_moment} behind it.
 */
record TensorName(ParameterInfo parameter, Slot slot) {

    static List<TensorName> weightOf(ParameterInfo parameter) {
        return List.of(new TensorName(parameter, Slot.WEIGHT));
    }

    static List<TensorName> momentsOf(ParameterInfo parameter) {
        return List.of(new TensorName(parameter, Slot.FIRST_MOMENT), new TensorName(parameter, Slot.SECOND_MOMENT));
    }

    String inFile() {
        return switch (slot) {
            case WEIGHT -> parameter.name();
            case FIRST_MOMENT -> parameter.name() + ".first_moment";
            case SECOND_MOMENT -> parameter.name() + ".second_moment";
        };
    }

    /** Copies the tensor from a file into a model. */
    void copy(SafetensorsReader file, TrainableModel model) {
        file.requireShape(inFile(), parameter.dimensions());
        model.write(parameter, slot, file.read(inFile()));
    }
}
