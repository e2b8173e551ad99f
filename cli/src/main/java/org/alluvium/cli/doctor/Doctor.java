package org.alluvium.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs every probe. */
public final class Doctor {

    private final List<Probe> probes;

    private Doctor(List<Probe> probes) {
        this.probes = probes;
    }

    /** A doctor for this machine, and for a corpus and runs below the given folder. */
    public static Doctor forThisMachine(Path folder) {
        Stream<Probe> machine = Stream.of(
                MachineProbes::jdk,
                MachineProbes::memory,
                MachineProbes::cpu,
                MachineProbes::accelerator,
                MachineProbes::loopback,
                () -> FolderProbes.space(folder),
                () -> FolderProbes.abilities(folder));
        return new Doctor(
                Stream.concat(machine, NativeLibraries.probes().stream()).toList());
    }

    /** What was found, in a fixed order. */
    public List<Finding> examine() {
        return probes.stream().map(Probe::look).toList();
    }
}
