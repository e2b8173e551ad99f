package org.alluvium.bench.protocol;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Visits every state of the protocol within given bounds, and says what it found. */
@Command(
        name = "protocol.ProtocolCheck",
        mixinStandardHelpOptions = true,
        description = "Visits every state that ingest, takedown and training of a corpus can come to within bounds.",
        footer = {
            "",
            "Example: bench/run.sh protocol.ProtocolCheck --records 3 --faults 2 --take 2 --zombies --janitors",
            "         bench/run.sh protocol.ProtocolCheck --records 2 --faults 1 --take 1 --lacking GATE_OPEN"
        })
public final class ProtocolCheck implements Callable<Integer> {

    @Option(names = "--records", description = "Records of the source (default: ${DEFAULT-VALUE}).")
    private int records = 3;

    @Option(names = "--per-checkpoint", description = "Records of a Flink checkpoint at most (${DEFAULT-VALUE}).")
    private int perCheckpoint = 1;

    @Option(names = "--faults", description = "Things that may go wrong (${DEFAULT-VALUE}).")
    private int faults = 2;

    @Option(names = "--take", split = ",", description = "Records that are taken down, one by each takedown.")
    private List<Integer> takes = List.of();

    @Option(names = "--zombies", description = "Attempts that were replaced may complete checkpoints.")
    private boolean zombies;

    @Option(names = "--janitors", description = "Files are cleared away.")
    private boolean janitors;

    @Option(names = "--first", description = "Records that are published before anything else happens.")
    private int first;

    @Option(names = "--trainer", description = "There is a trainer.")
    private boolean trainer;

    @Option(names = "--back", description = "There is a trainer, which may be told to go back.")
    private boolean back;

    @Option(names = "--lacking", split = ",", description = "Left out of the protocol: ${COMPLETION-CANDIDATES}.")
    private List<Mutation> lacking = List.of();

    @Option(names = "--most", description = "States after which to give up (${DEFAULT-VALUE}).")
    private int most = 20_000_000;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ProtocolCheck()).execute(args));
    }

    @Override
    public Integer call() {
        Bounds bounds =
                new Bounds(records, perCheckpoint, faults, takes, zombies, janitors, first, trainer || back, back);
        Set<Mutation> without = EnumSet.noneOf(Mutation.class);
        without.addAll(lacking);
        long began = System.nanoTime();
        Explorer<State> explorer =
                new Explorer<>(new Protocol(bounds, without), most, states -> say(states, System.nanoTime() - began));
        Explorer.Report report = explorer.explore();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %,d states, %,d transitions, depth %d, %.1f s%n",
                report.found().isPresent() ? "wrong" : report.complete() ? "all is well" : "given up",
                report.states(),
                report.transitions(),
                report.depth(),
                seconds);
        Optional<Explorer.Counterexample> found = report.found();
        found.ifPresent(example -> System.out.print(example.words()));
        return found.isPresent() || !report.complete() ? ExitCode.FAILED.code() : ExitCode.OK.code();
    }

    private static void say(int states, long nanos) {
        System.err.printf(Locale.ROOT, "%,d states, %,.0f a second%n", states, states / (nanos / 1e9));
    }
}
