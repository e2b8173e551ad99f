package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
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
        description =
                "Look at JDK, memory, disk, CPU, ports and native libraries; say what to do where something lacks.",
        footer = {"  ./alluvium doctor", "  ./alluvium doctor --dir /data/corpus --json"})
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder that corpus and runs will be in (default: the current one).")
    private Path folder;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public Integer call() {
        List<Finding> findings = Doctor.forThisMachine(folder).examine();
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
        out.printf("%s  %-16s %s%n", mark, finding.subject(), finding.what());
        if (!finding.todo().isEmpty()) {
            out.printf("      %-16s %s%n", "", finding.todo());
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
