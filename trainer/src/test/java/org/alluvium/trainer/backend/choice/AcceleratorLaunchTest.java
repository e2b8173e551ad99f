package org.alluvium.trainer.backend.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.Test;

class AcceleratorLaunchTest {

    @Test
    void anotherProcessHasTheOptionsAndPassesThemOn() {
        assertThat(new AcceleratorLaunch(Optional.of("/a b/tornado.options"), Optional.empty()).jvmOptions())
                .containsExactly("@/a b/tornado.options", "-Dalluvium.tornado.options=/a b/tornado.options");
    }

    @Test
    void anotherProcessKnowsWhatIsMissing() {
        assertThat(new AcceleratorLaunch(Optional.empty(), Optional.of(new Availability.Missing("no SDK", "Get it")))
                        .jvmOptions())
                .containsExactly("-Dalluvium.tornado.missing=no SDK", "-Dalluvium.tornado.todo=Get it");
    }

    @Test
    void onlyAnAcceleratorIsRefusedForWhatAnAcceleratorLacks() {
        AcceleratorLaunch launch =
                new AcceleratorLaunch(Optional.empty(), Optional.of(new Availability.Missing("no SDK", "Get it")));
        assertThatCode(() -> launch.require(TrainConfig.Backend.AUTO)).doesNotThrowAnyException();
        assertThatThrownBy(() -> launch.require(TrainConfig.Backend.TORNADO))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("train.backend tornado: no SDK. Get it");
    }

    @Test
    void nothingKnownIsNothingSaid() {
        assertThat(AcceleratorLaunch.NONE.jvmOptions()).isEmpty();
    }
}
