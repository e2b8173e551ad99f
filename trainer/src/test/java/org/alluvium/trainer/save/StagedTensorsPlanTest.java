package org.alluvium.trainer.save;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.alluvium.contracts.config.MuonConfig;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.model.Transformer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is copied for a checkpoint is what the memory plan says. */
class StagedTensorsPlanTest {

    private static final ModelShape SHAPE = new ModelShape(300, 40, 2, 24, 4, 2, 60, 10_000, 1e-5, false);

    static Stream<TrainingSetup> setups() {
        return Stream.of(
                TrainingSetup.of(1),
                new TrainingSetup(
                        1, Optional.of(MuonConfig.Scale.RMS), true, 0, false, false, true, OptionalInt.empty()));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void theCopyOfACheckpointIsPlannedToTheByte(TrainingSetup setup) {
        try (Transformer model = new Transformer(SHAPE, setup, new ReferenceBackend(Precision.SINGLE))) {
            StagedTensors staged = new StagedTensors(model);
            assertThat(model.memory().beside().stagingBytes()).isEqualTo(staged.bytes());
            staged.close();
        }
    }
}
