package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.doctor.BackendProbes;
import org.alluvium.cli.doctor.Doctor;
import org.alluvium.cli.doctor.Finding;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Examines the machine. */
@Command(
        name = "doctor",
        description = {
            "Look at JDK, memory, disk, CPU, ports, native libraries, backends and devices; say what to do where something"
                    + " lacks.",
            "",
            "With --device, every kernel of a device is compared with plain Java and its speed is measured. Exits with 69 if"
                    + " something needed is missing, or a kernel is wrong."
        },
        footer = {
            "  ./alluvium doctor",
            "  ./alluvium doctor --dir /data/corpus --json",
            "  ./alluvium doctor --device",
            "  ./alluvium doctor --device=nvidia"
        })
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder that corpus and runs will be in (default: the current one).")
    private Path folder;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            arity = "0..1",
            fallbackValue = "",
            description = "Examine this device: its number or a part of its name, or nothing for the one that training"
                    + " would take.")
    private String device;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>(Doctor.forThisMachine(folder).examine());
        BackendProbes backends = BackendProbes.ofThisProcess();
        findings.addAll(backends.survey());
        if (device != null) {
            spec.commandLine().getErr().println("comparing kernels with plain Java and measuring, a minute or two");
            spec.commandLine().getErr().flush();
            findings.addAll(backends.examine(Optional.of(device).filter(wish -> !wish.isEmpty())));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(findings.stream().map(DoctorCommand::fields).toList()));
        } else {
            findings.forEach(finding -> print(out, finding));
        }
        out.flush();
        boolean failed = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAILURE);
        return failed ? ExitCode.UNAVAILABLE.code() : ExitCode.OK.code();
    }

    private static void print(PrintWriter out, Finding finding) {
        String mark = switch (finding.level()) {
            case OK -> "ok  ";
            case WARNING -> "warn";
            case FAILURE -> "FAIL";
        };
        out.printf("%s  %-17s %s%n", mark, finding.subject(), finding.what());
        if (!finding.todo().isEmpty()) {
            out.printf("      %-17s %s%n", "", finding.todo());
        }
    }

    private static Map<String, String> fields(Finding finding) {
        return Map.of(
                "subject", finding.subject(),
                "level", finding.level().name().toLowerCase(Locale.ROOT),
                "what", finding.what(),
                "todo", finding.todo());
    }
}
