package org.alluvium.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.AcceleratorLaunch;
import org.alluvium.trainer.backend.choice.Availability;
import org.alluvium.trainer.backend.choice.BackendChoice;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.backend.choice.BackendProvider;
import org.alluvium.trainer.backend.choice.Devices;
import org.alluvium.trainer.backend.cpu.CpuProvider;
import org.alluvium.trainer.backend.examine.AcceleratorExaminer;
import org.alluvium.trainer.backend.examine.KernelVerdict;
import org.junit.jupiter.api.Test;

class BackendProbesTest {

    private static final DeviceInfo DEVICE = new DeviceInfo(
            0, "Fast One", DeviceInfo.Type.GPU, "Some Platform", "1.2", "a runtime", 1L << 33, 1L << 31, 80);

    /** An accelerator that computes on the CPU. */
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
            return new CpuProvider().open(options);
        }
    }

    /** Has one device, of which it says this. */
    private record Examiner(List<KernelVerdict> verdicts) implements AcceleratorExaminer {

        @Override
        public Devices devices() {
            return new Devices(List.of(DEVICE));
        }

        @Override
        public List<KernelVerdict> compare(DeviceInfo device) {
            return verdicts;
        }
    }

    private static BackendProbes probes(Availability accelerator, KernelVerdict... verdicts) {
        BackendChoice choice = new BackendChoice(List.of(new CpuProvider(), new Accelerator(accelerator)));
        return new BackendProbes(choice, Optional.of(new Examiner(List.of(verdicts))), true, System::nanoTime);
    }

    private static KernelVerdict verdict(String kernel, double error) {
        return new KernelVerdict(kernel, 3, error, Optional.empty());
    }

    @Test
    void everyBackendAndEveryDeviceIsListed() {
        List<Finding> findings = probes(new Availability.Fast()).survey();
        assertThat(findings)
                .contains(Finding.ok("backend cpu", "works"), Finding.ok("backend tornado", "works"))
                .contains(Finding.ok("device 0", DEVICE.words()))
                .anyMatch(finding -> finding.subject().equals("backend reference"));
    }

    @Test
    void whatSomebodyInstalledAndDoesNotWorkIsAWarningThatSaysWhatToDo() {
        assertThat(probes(new Availability.Missing("no driver", "Install one")).survey())
                .contains(Finding.warning("backend tornado", "no driver", "Install one."))
                .noneMatch(finding -> finding.subject().startsWith("device"));
    }

    @Test
    void whatNobodyInstalledIsFine() {
        AcceleratorLaunch launch = new AcceleratorLaunch(
                Optional.empty(), Optional.of(new Availability.Missing("TornadoVM is not installed", "Install it")));
        BackendChoice choice = new BackendChoice(List.of(new CpuProvider()), launch);
        BackendProbes probes = new BackendProbes(choice, Optional.empty(), false, System::nanoTime);

        assertThat(probes.survey()).contains(Finding.ok("backend tornado", "not here: TornadoVM is not installed"));
        assertThat(probes.examine(Optional.empty()))
                .containsExactly(Finding.failure("device", "TornadoVM is not installed", "Install it."));
    }

    @Test
    void aRightDeviceIsMeasuredBesideTheCpu() {
        List<Finding> findings = probes(new Availability.Fast(), verdict("PRODUCT", 3e-6), verdict("FILL", 0))
                .examine(Optional.of("fast"));

        assertThat(findings).allMatch(finding -> finding.level() == Finding.Level.OK);
        assertThat(findings)
                .contains(Finding.ok("kernels", "2 of 2 agree with plain Java to 1e-04; at most 3.0e-06, in PRODUCT"));
        assertThat(findings).extracting(Finding::subject).endsWith("speed tornado", "speed cpu");
        assertThat(findings.getLast().what())
                .contains("GFLOP/s")
                .contains("GB/s")
                .contains("µs a launch");
    }

    @Test
    void aWrongKernelIsAFailure() {
        KernelVerdict broken = new KernelVerdict("EMBED", 0, 0, Optional.of("no such intrinsic"));
        List<Finding> findings = probes(
                        new Availability.Fast(),
                        verdict("PRODUCT", 0.3),
                        broken,
                        verdict("TOTAL", Double.POSITIVE_INFINITY),
                        verdict("FILL", 0))
                .examine(Optional.empty());

        assertThat(findings.stream()
                        .filter(finding -> finding.level() == Finding.Level.FAILURE)
                        .map(finding -> finding.subject() + ": " + finding.what()))
                .containsExactly(
                        "kernels: 1 of 4 agree with plain Java to 1e-04; at most 0.0e+00, in FILL",
                        "kernel PRODUCT: differs by 3.0e-01 in 3 calls",
                        "kernel EMBED: does not run: no such intrinsic",
                        "kernel TOTAL: differs by Infinity in 3 calls");
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedByName() {
        assertThatThrownBy(() -> probes(new Availability.Fast()).examine(Optional.of("other")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Fast One");
    }
}
