package org.alluvium.cli.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.LongSupplier;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.AcceleratorLaunch;
import org.alluvium.trainer.backend.choice.Availability;
import org.alluvium.trainer.backend.choice.BackendChoice;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.backend.examine.AcceleratorExaminer;
import org.alluvium.trainer.backend.examine.BackendSpeed;
import org.alluvium.trainer.backend.examine.KernelVerdict;

/** What can compute a training step here; of a device, whether it is right and how fast it is. */
public final class BackendProbes {

    private static final String WRONG =
            "Do not train on this device: choose another by --device, or --backend cpu. A newer driver may help.";
    private static final BackendOptions ANY_DEVICE = new BackendOptions(0, TrainConfig.Precision.AUTO);

    private final BackendChoice choice;
    private final Optional<AcceleratorExaminer> examiner;
    private final boolean expected;
    private final LongSupplier nanoTime;

    /**
     * @param expected whether somebody installed something that should make accelerators work
     * @param nanoTime a clock in nanoseconds, for speeds
     */
    BackendProbes(
            BackendChoice choice, Optional<AcceleratorExaminer> examiner, boolean expected, LongSupplier nanoTime) {
        this.choice = choice;
        this.examiner = examiner;
        this.expected = expected;
        this.nanoTime = nanoTime;
    }

    /** Of this process. */
    public static BackendProbes ofThisProcess() {
        boolean sdk =
                AcceleratorLaunch.ofThisProcess().options().isPresent() || System.getenv("TORNADOVM_HOME") != null;
        return new BackendProbes(
                BackendChoice.ofClassPath(),
                ServiceLoader.load(AcceleratorExaminer.class).findFirst(),
                sdk,
                System::nanoTime);
    }

    /** Every backend, and every device. */
    public List<Finding> survey() {
        List<Finding> findings = new ArrayList<>();
        choice.survey(ANY_DEVICE).forEach((name, availability) -> findings.add(finding(name, availability)));
        if (lack().isEmpty()) {
            examiner.ifPresent(present -> present.devices()
                    .all()
                    .forEach(device -> findings.add(Finding.ok("device " + device.index(), device.words()))));
        }
        return findings;
    }

    private Finding finding(String name, Availability availability) {
        String subject = "backend " + name;
        return switch (availability) {
            case Availability.Fast _ -> Finding.ok(subject, "works");
            case Availability.OnRequest slow -> Finding.ok(subject, "works for those who ask for it: " + slow.reason());
            case Availability.Missing lack when expected -> Finding.warning(subject, lack.reason(), lack.todo() + ".");
            case Availability.Missing lack -> Finding.ok(subject, "not here: " + lack.reason());
        };
    }

    private Optional<Availability.Missing> lack() {
        Availability tornado = choice.survey(ANY_DEVICE).get("tornado");
        return tornado instanceof Availability.Missing missing ? Optional.of(missing) : Optional.empty();
    }

    /**
     * Compares every kernel of a device with plain Java, and measures its speed beside the CPU's. Takes a minute or two.
     *
     * @param wish number or part of the name of the device
     * @throws org.alluvium.contracts.error.ConfigException if there is no such device
     */
    public List<Finding> examine(Optional<String> wish) {
        Optional<Availability.Missing> lack = lack();
        if (lack.isPresent() || examiner.isEmpty()) {
            return List.of(Finding.failure(
                    "device",
                    lack.map(Availability.Missing::reason).orElse("nothing can be examined"),
                    lack.map(missing -> missing.todo() + ".").orElse("Build with the module for accelerators.")));
        }
        DeviceInfo device = examiner.get().devices().choose(wish);
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("examined", "device " + device.index() + ", " + device.name()));
        findings.addAll(kernels(examiner.get().compare(device)));
        findings.add(speed(TrainConfig.Backend.TORNADO, Optional.of(Integer.toString(device.index()))));
        findings.add(speed(TrainConfig.Backend.CPU, Optional.empty()));
        return findings;
    }

    private static List<Finding> kernels(List<KernelVerdict> verdicts) {
        List<Finding> findings = new ArrayList<>();
        verdicts.stream()
                .filter(verdict -> !verdict.right())
                .map(verdict -> Finding.failure("kernel " + verdict.kernel(), verdict.words(), WRONG))
                .forEach(findings::add);
        int right = verdicts.size() - findings.size();
        String what =
                "%d of %d agree with plain Java to %.0e".formatted(right, verdicts.size(), KernelVerdict.TOLERANCE);
        String worst = verdicts.stream()
                .filter(KernelVerdict::right)
                .max(Comparator.comparingDouble(KernelVerdict::error))
                .map(verdict -> "; at most %.1e, in %s".formatted(verdict.error(), verdict.kernel()))
                .orElse("");
        findings.addFirst(
                findings.isEmpty()
                        ? Finding.ok("kernels", what + worst)
                        : Finding.failure("kernels", what + worst, WRONG));
        return findings;
    }

    private Finding speed(TrainConfig.Backend backend, Optional<String> device) {
        String subject = "speed " + BackendChoice.name(backend);
        BackendOptions options = new BackendOptions(0, TrainConfig.Precision.AUTO, device);
        try (Backend open = choice.open(backend, options).backend()) {
            BackendSpeed speed = BackendSpeed.measure(open, nanoTime);
            return Finding.ok(
                    subject,
                    "%s GFLOP/s in products of %d × %d × %d, %s GB/s in copies, %s µs a launch"
                            .formatted(
                                    Units.decimal(speed.flopsPerSecond() / 1e9, 1),
                                    BackendSpeed.SIDE,
                                    BackendSpeed.SIDE,
                                    BackendSpeed.SIDE,
                                    Units.decimal(speed.bytesPerSecond() / 1e9, 1),
                                    Units.decimal(speed.launchSeconds() * 1e6, 1)));
        } catch (RuntimeException | LinkageError e) { // whatever a driver may throw is a finding
            return Finding.failure(subject, "cannot be measured: " + e.getMessage(), WRONG);
        }
    }
}
