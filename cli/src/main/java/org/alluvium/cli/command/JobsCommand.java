package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.alluvium.cli.deploy.IngestRun;
import org.alluvium.cli.deploy.JobDeployer;
import org.alluvium.cli.flink.Checkpoints;
import org.alluvium.cli.flink.FlinkJob;
import org.alluvium.cli.flink.FlinkRest;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the jobs of a cluster. */
@Command(
        name = "jobs",
        description = "List the jobs that the JobManager remembers, and how they are doing.",
        footer = {
            "  ./alluvium jobs --jobmanager http://localhost:8081",
            "  ./alluvium jobs --json | jq '.[] | select(.state == \"RUNNING\").id'"
        })
final class JobsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions options;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public Integer call() {
        AlluviumConfig config = options.loadIfThere();
        List<Map<String, Object>> rows = new ArrayList<>();
        try (FlinkRest rest = FlinkRest.of(config.cluster())) {
            for (IngestRun run : new JobDeployer(rest, config.cluster(), options.progress()).runs()) {
                rows.add(fields(rest, run));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(rows));
        } else {
            Table table =
                    new Table("job", "state", "since", "parallelism", "checkpoints", "failed", "restarts", "corpus");
            rows.forEach(row -> table.add(
                    row.values().stream().limit(8).map(String::valueOf).toArray(String[]::new)));
            table.print(out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static Map<String, Object> fields(FlinkRest rest, IngestRun run) {
        FlinkJob job = run.job();
        Checkpoints checkpoints = rest.checkpoints(job.id());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", job.id().toString());
        fields.put("state", job.state());
        fields.put("since", Instant.ofEpochMilli(job.sinceMillis()).toString());
        fields.put("parallelism", job.parallelism());
        fields.put("checkpoints", checkpoints.completed());
        fields.put("failedCheckpoints", checkpoints.failed());
        fields.put("restarts", rest.restarts(job.id()));
        fields.put("corpus", run.corpus().orElse("(not Alluvium's)"));
        run.version().ifPresent(version -> fields.put("version", version));
        checkpoints.newest().ifPresent(path -> fields.put("newestCheckpoint", path));
        return fields;
    }
}
