package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.alluvium.cli.chaos.ChaosOptions;
import org.alluvium.cli.chaos.ChaosRun;
import org.alluvium.cli.chaos.Progress;
import org.alluvium.cli.chaos.Report;
import org.alluvium.cli.chaos.proof.Claim;
import org.alluvium.cli.view.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proves on a deployment of many processes that faults lose and repeat nothing. */
@Command(
        name = "chaos",
        description = {
            "Disturb a whole deployment by a seeded schedule of faults, and prove that nothing was lost, repeated or bent.",
            "",
            "Runs a Kafka broker, a Flink cluster of a JobManager and two TaskManagers with the ingest job, the trainer and the"
                    + " dashboard as processes on this machine, feeds them documents, kills and stops processes, lets disks run"
                    + " full, clocks jump and connections break, damages files, starts things twice, and takes documents down. Then it compares what"
                    + " was produced with the log, the log with the journal, and the weights with those of a trainer that"
                    + " nobody disturbed. The report is chaos.md and chaos.json. The exit code is 0 only if all is proved, and 1"
                    + " if anything is not; then the deployment's folder stays. Needs Linux and a checkout of the sources."
        },
        footer = {
            "  ./alluvium chaos --minutes 60 --seed 7",
            "  ./alluvium chaos --minutes 2 --seed 1 --out /tmp/chaos --keep"
        })
final class ChaosCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "10",
            description = "About how long faults go on (default: ${DEFAULT-VALUE}); start and proof come on top.")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides the schedule and the documents (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "DOCS/S",
            defaultValue = "20",
            description = "Documents produced a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".alluvium/chaos",
            description = "Folder for the report, and for the deployment meanwhile (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--keep", description = "Keep the deployment's folder even if all is proved.")
    private boolean keep;

    @Override
    public Integer call() throws InterruptedException {
        if (!(minutes > 0 && minutes <= 10_000)) {
            throw new ParameterException(
                    spec.commandLine(), "--minutes must be above 0 and at most 10000, is " + minutes);
        }
        if (!(rate > 0 && rate <= 10_000)) {
            throw new ParameterException(spec.commandLine(), "--rate must be above 0 and at most 10000, is " + rate);
        }
        ProgressLine line = new ProgressLine(
                spec.commandLine().getErr(), Terminal.onStandardOutput().isPresent(), System::nanoTime);
        Report report = new ChaosRun(new ChaosOptions(out, minutes, seed, rate, keep), shown(line)).run();
        PrintWriter result = spec.commandLine().getOut();
        for (Claim claim : report.claims()) {
            result.println((claim.holds() ? "proved: " : "NOT PROVED: ") + claim.claim() + " (" + claim.detail() + ")");
            claim.ids().forEach(id -> result.println("  " + id));
        }
        result.println("report: " + out.resolve("chaos.md"));
        result.flush();
        return ChaosRun.code(report).code();
    }

    private static Progress shown(ProgressLine line) {
        return new Progress() {

            @Override
            public void begin(String work) {
                line.begin(work);
            }

            @Override
            public void at(long done, long all) {
                line.at(done, all);
            }

            @Override
            public void say(String text) {
                line.say(text);
            }
        };
    }
}
