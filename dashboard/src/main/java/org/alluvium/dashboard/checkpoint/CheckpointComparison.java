package org.alluvium.dashboard.checkpoint;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.pretrained.ModelFiles;
import org.alluvium.trainer.safetensors.SafetensorsReader;

/** Two checkpoints of one model, tensor by tensor. */
public final class CheckpointComparison {

    private CheckpointComparison() {}

    /**
     * How every tensor of the former came to be that of the latter, in the order of the file.
     *
     * @throws org.alluvium.contracts.error.MismatchException if their models have different shapes
     */
    public static List<TensorChange> of(Checkpoint former, Checkpoint latter) {
        List<TensorChange> changes = new ArrayList<>();
        try (SafetensorsReader before = SafetensorsReader.open(former.path().resolve(ModelFiles.MODEL));
                SafetensorsReader after = SafetensorsReader.open(latter.path().resolve(ModelFiles.MODEL))) {
            for (String name : before.names()) {
                List<Integer> shape = before.shape(name);
                after.requireShape(name, shape);
                changes.add(TensorChange.of(name, shape, before.read(name), after.read(name)));
            }
        }
        return changes;
    }
}
