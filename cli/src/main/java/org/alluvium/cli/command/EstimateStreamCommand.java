package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.alluvium.cli.scale.Sheet;
import org.alluvium.cli.scale.SheetFile;
import org.alluvium.cli.scale.SheetText;
import org.alluvium.cli.stream.Report;
import org.alluvium.cli.stream.Scenario;
import org.alluvium.cli.stream.Simulation;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says how a stream would be kept up with. */
@Command(
        name = "stream",
        description = {
            "Simulate how ingest keeps up with a stream: bursts, checkpoints, failures, autoscaling.",
            "",
            "The same inputs give the same figures; --set seed=2 draws other arrivals and failures. --json has all inputs."
        },
        footer = {
            "  ./alluvium estimate stream",
            "  ./alluvium estimate stream --set secondsBetweenFailures=600",
            "  ./alluvium estimate stream --set burstFactor=4 --set mostSlots=4"
        })
final class EstimateStreamCommand implements Callable<Integer> {

    @Mixin
    private SheetOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Sheet sheet = options.on(SheetFile.builtIn(SheetFile.STREAM));
        Report report = Simulation.run(Scenario.of(sheet));
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            Map<String, Object> inputs = new LinkedHashMap<>();
            sheet.inputs().values().forEach(input -> inputs.put(input.name(), SheetText.json(input)));
            out.println(Json.text(Map.of("inputs", inputs, "report", report)));
        } else {
            print(report, out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static void print(Report report, PrintWriter out) {
        Report.Freshness freshness = report.freshness();
        Report.Work work = report.work();
        out.printf(Locale.ROOT, "arrived      %,.0f documents%n", report.arrived());
        out.printf(Locale.ROOT, "in the log   %,.0f, of them %,.0f twice%n", report.committed(), report.duplicates());
        out.printf(Locale.ROOT, "not yet      %,.0f%n", report.waiting());
        out.printf(
                Locale.ROOT,
                "freshness    p50 %.2f s, p95 %.2f s, p99 %.2f s, worst %.2f s%n",
                freshness.p50(),
                freshness.p95(),
                freshness.p99(),
                freshness.most());
        out.printf(Locale.ROOT, "most lag     %.1f s of work%n", report.mostLag());
        out.printf(Locale.ROOT, "checkpoints  %,d%n", work.checkpoints());
        out.printf(
                Locale.ROOT,
                "failures     %,d; %,.0f documents read again; longest catch-up %.1f s%n",
                work.failures(),
                report.replayed(),
                report.longestCatchUp());
        out.printf(
                Locale.ROOT,
                "slots        %d at most, %.1f slot hours, %d rescalings%n",
                work.mostSlots(),
                work.slotHours(),
                work.rescalings());
    }
}
