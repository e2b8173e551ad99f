package org.alluvium.trainer.checkpoint;

import java.util.List;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.safetensors.SafetensorsReader;

/**
 * One tensor of a parameter and its name in a file: weights have the parameter's name, what the optimizer remembers has it
 * with {@code .first_moment} and {@code .second_moment} (AdamW) or {@code .momentum} (Muon) behind it, and {@code .average}
 * where a running average of the weights is kept.
 */
public record TensorName(ParameterInfo parameter, Slot slot) {

    static final String AVERAGE = ".average";

    /** The weight alone. */
    public static List<TensorName> weightOf(ParameterInfo parameter) {
        return List.of(new TensorName(parameter, Slot.WEIGHT));
    }

    /** What the model's optimizer remembers of the parameter. */
    public static List<TensorName> momentsOf(ParameterInfo parameter, TrainableModel model) {
        return model.slots(parameter).stream()
                .filter(slot -> slot != Slot.WEIGHT)
                .map(slot -> new TensorName(parameter, slot))
                .toList();
    }

    /** Its name in a file. */
    public String inFile() {
        return switch (slot) {
            case WEIGHT -> parameter.name();
            case FIRST_MOMENT -> parameter.name() + ".first_moment";
            case SECOND_MOMENT -> parameter.name() + ".second_moment";
            case MOMENTUM -> parameter.name() + ".momentum";
            case AVERAGE -> parameter.name() + AVERAGE;
        };
    }

    /** Copies the tensor from a file into a model. */
    public void copy(SafetensorsReader file, TrainableModel model) {
        file.requireShape(inFile(), parameter.dimensions());
        model.write(parameter, slot, file.read(inFile()));
    }
}
