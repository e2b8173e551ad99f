package org.alluvium.trainer.backend.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import org.alluvium.trainer.backend.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;

class BackendChoiceTest {

    private static final BackendOptions OPTIONS = new BackendOptions(1, TrainConfig.Precision.FP32);

    /** An accelerator's provider that says this of itself, and opens the reference. */
    private record Accelerator(Availability availability) implements BackendProvider {

        @Override
        public String name() {
            return "tornado";
        }

        @Override
        public int rank() {
            return 20;
        }

        @Override
        public Availability availability(BackendOptions options) {
            return availability;
        }

        @Override
        public Backend open(BackendOptions options) {
            return new ReferenceBackend(Precision.SINGLE);
        }
    }

    @Test
    void autoTakesAnAcceleratorThatIsFast() {
        try (Backend backend = choice(new Availability.Fast())
                .open(TrainConfig.Backend.AUTO, OPTIONS)
                .backend()) {
            assertThat(backend).isInstanceOf(ReferenceBackend.class);
        }
    }

    @Test
    void autoTakesTheCpuInsteadOfAnAcceleratorThatIsSlowAndTheBannerSaysWhy() {
        assertAutoTakesTheCpuSaying(choice(new Availability.OnRequest("a CPU")), "; tornado: a CPU");
    }

    @Test
    void autoTakesTheCpuWhereAnAcceleratorLacksSomethingAndTheBannerSaysWhat() {
        assertAutoTakesTheCpuSaying(choice(new Availability.Missing("no SDK", "Get it")), "; tornado: no SDK");
    }

    @Test
    void autoTakesTheCpuWhereNoAcceleratorWasBuiltAndTheBannerSaysSo() {
        BackendChoice without = new BackendChoice(List.of(new ReferenceProvider(), new CpuProvider()));
        assertAutoTakesTheCpuSaying(without, "; tornado: not part of this build");
    }

    @Test
    void whatTheLauncherFoundMissingIsSaidWhereNoAcceleratorWasBuilt() {
        AcceleratorLaunch launch = new AcceleratorLaunch(
                Optional.empty(), Optional.of(new Availability.Missing("no SDK in /x", "Install it")));
        BackendChoice without = new BackendChoice(List.of(new ReferenceProvider(), new CpuProvider()), launch);

        assertAutoTakesTheCpuSaying(without, "; tornado: no SDK in /x");
        assertThatThrownBy(() -> without.open(TrainConfig.Backend.TORNADO, OPTIONS))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("train.backend tornado: no SDK in /x. Install it");
    }

    private static void assertAutoTakesTheCpuSaying(BackendChoice choice, String words) {
        OpenBackend open = choice.open(TrainConfig.Backend.AUTO, OPTIONS);
        try (Backend backend = open.backend()) {
            assertThat(backend.info().name()).isEqualTo("cpu");
            assertThat(open.info().toString()).startsWith("cpu (").endsWith(words);
        }
    }

    @Test
    void whatIsSlowIsOpenedForThoseWhoAskForIt() {
        OpenBackend open = choice(new Availability.OnRequest("a CPU")).open(TrainConfig.Backend.TORNADO, OPTIONS);
        try (Backend backend = open.backend()) {
            assertThat(backend).isInstanceOf(ReferenceBackend.class);
            assertThat(open.passedOver()).isEmpty();
        }
    }

    @Test
    void whatIsAskedForAndMissingIsRefusedSayingWhatToDo() {
        BackendChoice choice = choice(new Availability.Missing("no SDK", "Get it"));
        assertThatThrownBy(() -> choice.open(TrainConfig.Backend.TORNADO, OPTIONS))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no SDK")
                .hasMessageContaining("train.backend tornado")
                .hasMessageContaining("Get it");
    }

    @Test
    void whatIsAskedForAndWasNotBuiltIsRefusedNamingWhatWas() {
        BackendChoice choice = new BackendChoice(List.of(new ReferenceProvider(), new CpuProvider()));
        assertThatThrownBy(() -> choice.open(TrainConfig.Backend.TORNADO, OPTIONS))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("cpu, reference");
    }

    private static BackendChoice choice(Availability accelerator) {
        return new BackendChoice(List.of(new ReferenceProvider(), new Accelerator(accelerator), new CpuProvider()));
    }
}
