package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.alluvium.cli.status.LagSurvey;
import org.alluvium.cli.status.RunMonitor;
import org.alluvium.cli.status.TrainerProgress;
import org.alluvium.cli.view.DashboardSnapshot;
import org.alluvium.cli.view.DashboardSnapshot.Activity;
import org.alluvium.cli.view.DashboardView;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.ProcessLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells how a corpus and a run are doing, from what they have published. */
@Command(
        name = "status",
        description = "Tell how ingest and trainer are doing, whether they run or not.",
        footer = {
            "  ./alluvium status --config .alluvium/demo/alluvium.yaml",
            "  ./alluvium status --json | jq .trainer.step"
        })
final class StatusCommand implements Callable<Integer> {

    private static final int COLUMNS = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        AlluviumConfig config = options.load();
        CorpusLayout corpus = CorpusLayout.of(config);
        RunLayout run = new RunLayout(config.train().run());
        RunMonitor monitor = new RunMonitor(corpus, run);
        monitor.poll();
        RunMonitor.Head head = new RunMonitor.Head(
                options.file().toString(),
                Duration.ZERO,
                activity(
                        ProcessLock.holder(corpus.lock()),
                        Optional.empty(),
                        monitor.ingest().error()),
                activity(
                        ProcessLock.holder(run.lock()),
                        monitor.trainer().waiting(),
                        monitor.trainer().error()),
                config.train().steps(),
                "");
        DashboardSnapshot snapshot =
                monitor.snapshot(head, WallClock.ofThisProcess().instant());
        LagTable lag = new LagTable(new LagSurvey(monitor.ingest(), WallClock.ofThisProcess()).of(config.sources()));
        LeftOutTable leftOut = new LeftOutTable(snapshot.trainer().guard().leftOut());
        FreshnessTable freshness = FreshnessTable.of(monitor);
        EvaluationTable evaluations = new EvaluationTable(monitor.trainer().evaluations());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> fields = fields(snapshot);
            fields.put("lag", lag.fields());
            fields.put("freshness", freshness.fields());
            fields.put("evaluations", evaluations.fields());
            archive(config, monitor).ifPresent(archive -> fields.put("archive", archive));
            out.println(Json.text(fields));
        } else {
            DashboardView.block(snapshot, COLUMNS, Integer.MAX_VALUE, false).forEach(out::println);
            leftOut.print(out);
            lag.print(out);
            freshness.print(out);
            evaluations.print(out);
            archive(config, monitor)
                    .ifPresent(archive -> out.println("archive      step " + archive.get("step") + ", "
                            + archive.get("stepsBehind") + " steps behind the newest checkpoint"));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    /** Whoever holds the lock is at work; nobody, and the last word was an error: it failed. */
    private static Activity activity(Optional<String> holder, Optional<String> waiting, Optional<String> error) {
        if (holder.isPresent()) {
            return waiting.map(reason -> new Activity(Activity.Kind.WAITING, reason))
                    .orElse(new Activity(Activity.Kind.RUNNING, ""));
        }
        return error.map(message -> new Activity(Activity.Kind.FAILED, message))
                .orElse(new Activity(Activity.Kind.STOPPED, ""));
    }

    private static Map<String, Object> fields(DashboardSnapshot snapshot) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ingest", ingest(snapshot.ingest()));
        fields.put("trainer", trainer(snapshot));
        return fields;
    }

    private static Map<String, Object> ingest(DashboardSnapshot.Ingest ingest) {
        Map<String, Object> fields = activity(ingest.activity());
        fields.put("documentsPerSecond", ingest.documentsPerSecond());
        fields.put("documents", ingest.documents());
        fields.put("duplicates", ingest.duplicates());
        fields.put("filtered", ingest.filtered());
        fields.put("deadLetters", ingest.deadLetters());
        fields.put("commits", ingest.commits());
        fields.put("tokens", ingest.tokens());
        return fields;
    }

    /** What the run's events say of its archive; empty if it has none. */
    private static Optional<Map<String, Object>> archive(AlluviumConfig config, RunMonitor monitor) {
        return config.train().archive().map(place -> {
            long step = monitor.trainer()
                    .archived()
                    .map(TrainerProgress.Saved::step)
                    .orElse(0L);
            long newest = monitor.trainer()
                    .checkpoint()
                    .map(TrainerProgress.Saved::step)
                    .orElse(0L);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("place", place.toString());
            fields.put("step", step);
            fields.put("stepsBehind", Math.max(0, newest - step));
            return fields;
        });
    }

    private static Map<String, Object> trainer(DashboardSnapshot snapshot) {
        DashboardSnapshot.Trainer trainer = snapshot.trainer();
        Map<String, Object> fields = activity(trainer.activity());
        fields.put("steps", trainer.steps());
        trainer.latest().ifPresent(latest -> {
            fields.put("step", latest.step());
            fields.put("tokens", latest.tokens());
            fields.put("loss", latest.loss());
            fields.put("bitsPerByte", latest.bitsPerByte());
            fields.put("tokensPerSecond", latest.tokensPerSecond());
        });
        trainer.heldOut()
                .ifPresent(score ->
                        fields.put("heldOut", Map.of("step", score.step(), "bitsPerByte", score.bitsPerByte())));
        fields.put("lagTokens", trainer.lagTokens());
        fields.put("lagSeconds", trainer.lag().toMillis() / 1000.0);
        trainer.checkpoint()
                .ifPresent(saved -> fields.put(
                        "checkpoint",
                        Map.of("step", saved.step(), "ageSeconds", saved.age().toSeconds())));
        fields.put("guard", guard(trainer.guard()));
        trainer.takenDown().ifPresent(taken -> fields.put("takedown", taken));
        trainer.alerts().ifPresent(alerts -> fields.put("alerts", alerts(alerts)));
        fields.put("samples", List.copyOf(snapshot.samples()));
        return fields;
    }

    private static Map<String, Object> guard(DashboardSnapshot.Guard guard) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("skipped", guard.skipped());
        fields.put("accepted", guard.accepted());
        fields.put("rewinds", guard.rewinds());
        fields.put("leftOut", guard.leftOut());
        guard.newest().ifPresent(spike -> fields.put("newest", spike));
        return fields;
    }

    private static Map<String, Object> alerts(DashboardSnapshot.Alerts alerts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("count", alerts.count());
        fields.put("what", alerts.what());
        fields.put("message", alerts.message());
        fields.put("ageSeconds", alerts.age().toSeconds());
        return fields;
    }

    private static Map<String, Object> activity(Activity activity) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", activity.kind().name().toLowerCase(Locale.ROOT));
        fields.put("detail", activity.detail());
        return fields;
    }
}
