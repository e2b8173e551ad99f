package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.alluvium.cli.cluster.ClusterState;
import org.alluvium.cli.cluster.FlinkHome;
import org.alluvium.cli.cluster.LocalCluster;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a Flink cluster on this machine. */
@Command(
        name = "cluster",
        description = "Start, stop or look at a Flink cluster on this machine, of processes that go on by themselves.",
        footer = "  ./alluvium cluster start --config alluvium.yaml")
final class ClusterCommand extends CommandGroup {

    @Command(
            name = "start",
            description = {
                "Start a JobManager and TaskManagers, or those of them that do not run.",
                "",
                "Returns when every TaskManager has registered its slots. Settings, logs and process ids are in cluster.dir. A"
                        + " JobManager that was killed has forgotten its jobs: 'alluvium submit --resume' starts them again."
            },
            footer = {
                "  ./alluvium cluster start --config alluvium.yaml",
                "  ./alluvium cluster start --set cluster.taskManagers=2 --set cluster.slots=4"
            })
    int start(@Mixin ClusterOptions options) {
        ClusterState state = cluster(options).start();
        print(state);
        return ExitCode.OK.code();
    }

    @Command(
            name = "stop",
            description = {
                "End the processes of the cluster.",
                "",
                "Jobs end with it, and keep their newest checkpoints; 'alluvium cancel --savepoint' before publishes what they"
                        + " have read since."
            },
            footer = "  ./alluvium cluster stop --config alluvium.yaml")
    int stop(@Mixin ClusterOptions options) {
        int stopped = cluster(options).stop();
        options.print(stopped == 0 ? "nothing was running" : "stopped " + stopped + " processes");
        return ExitCode.OK.code();
    }

    @Command(
            name = "status",
            description = "Tell which processes of the cluster run; 1 if one is missing.",
            footer = "  ./alluvium cluster status --json")
    int status(
            @Mixin ClusterOptions options,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        ClusterState state = cluster(options).state();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            members(state)
                    .forEach(member -> fields.put(member.name(), Map.of("pid", member.pid(), "log", member.log())));
            options.print(Json.text(fields));
        } else {
            print(state);
        }
        return members(state).allMatch(ClusterState.Member::runs) ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    private static LocalCluster cluster(ClusterOptions options) {
        return new LocalCluster(FlinkHome.ofThisProcess(), options.load(), options.progress());
    }

    private void print(ClusterState state) {
        Table table = new Table("process", "pid", "log");
        members(state)
                .forEach(member ->
                        table.add(member.name(), member.runs() ? Long.toString(member.pid()) : "-", member.log()));
        PrintWriter out = out();
        table.print(out);
        out.flush();
    }

    private static Stream<ClusterState.Member> members(ClusterState state) {
        return Stream.concat(Stream.of(state.jobManager()), state.taskManagers().stream());
    }
}
