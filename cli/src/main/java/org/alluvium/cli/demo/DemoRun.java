package org.alluvium.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.alluvium.cli.local.Displays;
import org.alluvium.cli.local.LocalPlan;
import org.alluvium.cli.local.LocalRun;
import org.alluvium.cli.local.StopOnSignal;
import org.alluvium.cli.status.RunMonitor;
import org.alluvium.cli.supervise.Outcome;
import org.alluvium.cli.view.Units;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.store.ProcessLock;

/** The demo from beginning to end: folder, corpus, configuration, the run itself, and the summary. */
public final class DemoRun {

    /** As the demo's configuration has it. */
    private static final long WARMUP_STEPS = 40;

    private final Options options;
    private final DemoScale scale;
    private final PrintStream out;
    private final InstantSource clock;

    /**
     * What the user asked for.
     *
     * @param home folder of the launcher
     * @param dir folder of the demo
     * @param steps steps to train; empty for what the configuration says
     * @param fresh whether to start over
     * @param documentsPerSecond pace of the stream
     * @param settings values that replace those of the demo's configuration
     * @param dashboard port of one beside it; empty for none
     */
    public record Options(
            Path home,
            Path dir,
            OptionalLong steps,
            boolean fresh,
            double documentsPerSecond,
            List<String> settings,
            OptionalInt dashboard) {}

    /**
     * @param scale of the configuration, if it is not written yet
     * @param out for people
     */
    public DemoRun(Options options, DemoScale scale, PrintStream out, InstantSource clock) {
        this.options = options;
        this.scale = scale;
        this.out = out;
        this.clock = clock;
    }

    /** Runs, or goes on with, the demo. */
    public ExitCode run() throws InterruptedException {
        DemoFolder folder = DemoFolder.open(options.dir());
        try (ProcessLock _ = ProcessLock.acquire(folder.lock(), "the demo");
                StopOnSignal signal = StopOnSignal.install()) {
            if (options.fresh()) {
                folder.clear();
            }
            writeConfig(folder);
            List<String> overrides = overrides();
            AlluviumConfig config = ConfigLoader.load(folder.config(), overrides);
            DemoCorpus corpus = DemoCorpus.obtain(options.home());
            LocalPlan plan = LocalPlan.of("Alluvium demo", config, folder.config(), overrides, folder.logs());
            if (options.dashboard().isPresent()) {
                plan = plan.withDashboard(options.dashboard().getAsInt(), folder.config(), overrides, folder.logs());
            }
            return run(folder, config, corpus, plan, signal);
        }
    }

    private List<String> overrides() {
        List<String> overrides = new ArrayList<>(options.settings());
        options.steps().ifPresent(steps -> {
            overrides.add("train.steps=" + steps);
            overrides.add("train.optimizer.decaySteps=" + decaySteps(steps));
        });
        return overrides;
    }

    private ExitCode run(
            DemoFolder folder, AlluviumConfig config, DemoCorpus corpus, LocalPlan plan, StopOnSignal signal)
            throws InterruptedException {
        RunMonitor monitor = plan.monitor();
        monitor.poll();
        Feeder feeder = Feeder.resume(folder.inbox(), corpus);
        if (isComplete(monitor, plan.steps())) {
            out.println("The demo is complete: %s steps. Go on with --steps N, or start over with --fresh."
                    .formatted(Units.count(plan.steps())));
            summarize(monitor, corpus, feeder, config);
            return ExitCode.OK;
        }
        announce(monitor, plan);
        FeedCompanion feed = new FeedCompanion(feeder, corpus.documents(), options.documentsPerSecond());
        LocalRun run = new LocalRun(plan, feed, Displays.forStandardOutput(out), clock);
        signal.passTo(run::stop);
        Outcome outcome = run.run();
        return finish(outcome, folder, monitor, () -> summarize(monitor, corpus, feeder, config));
    }

    private void announce(RunMonitor monitor, LocalPlan plan) {
        Optional<Long> saved = monitor.trainer().checkpoint().map(checkpoint -> checkpoint.step());
        String from =
                saved.map(step -> "Going on from step " + Units.count(step)).orElse("Starting");
        String to = plan.steps() == 0 ? "" : " to step " + Units.count(plan.steps());
        out.println(from + to + " in " + options.dir() + ". Ctrl-C stops; the same command goes on.");
        options.dashboard().ifPresent(port -> out.println("Dashboard at http://localhost:" + port + "/"));
        out.println();
    }

    private ExitCode finish(Outcome outcome, DemoFolder folder, RunMonitor monitor, Runnable summary) {
        switch (outcome.code()) {
            case OK -> summary.run();
            case INTERRUPTED ->
                out.println("Stopped. The same command goes on from the last checkpoint"
                        + monitor.trainer()
                                .checkpoint()
                                .map(c -> " (step " + Units.count(c.step()) + ").")
                                .orElse("."));
            default -> {
                System.err.println(outcome.message());
                System.err.println("Logs: " + folder.logs());
            }
        }
        out.flush();
        return outcome.code();
    }

    private static boolean isComplete(RunMonitor monitor, long steps) {
        return steps > 0
                && monitor.trainer()
                        .checkpoint()
                        .filter(saved -> saved.step() >= steps)
                        .isPresent();
    }

    private void summarize(RunMonitor monitor, DemoCorpus corpus, Feeder feeder, AlluviumConfig config) {
        monitor.poll();
        int scored = monitor.trainer().heldOutDocuments();
        DemoTexts texts = DemoTexts.of(corpus, feeder.published(), config, scored);
        // The comparison is only fair on the very documents that the model was scored on.
        OptionalDouble gzip = scored > 0 && texts.heldOut().size() == scored
                ? OptionalDouble.of(Yardstick.bitsPerByte(texts.training(), texts.heldOut(), Yardstick::gzip))
                : OptionalDouble.empty();
        DemoSummary.lines(monitor.ingest(), monitor.trainer(), gzip, options.dir())
                .forEach(out::println);
        out.flush();
    }

    /** The file is the user's once it is there. */
    private void writeConfig(DemoFolder folder) {
        if (Files.exists(folder.config())) {
            return;
        }
        Path next = folder.config().resolveSibling(".alluvium.yaml");
        try (InputStream template = DemoRun.class.getResourceAsStream("alluvium.yaml")) {
            String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            long steps = options.steps().orElse(scale.steps());
            Files.writeString(
                    next,
                    text.replace("@PRESET@", scale.presetName())
                            .replace("@STEPS@", Long.toString(steps))
                            .replace("@DECAY@", Long.toString(decaySteps(steps))));
            Files.move(next, folder.config(), StandardCopyOption.ATOMIC_MOVE);
            scale.reason().ifPresent(out::println);
        } catch (IOException e) {
            throw StorageException.of("write the demo's configuration", folder.config(), e);
        }
    }

    /** The last quarter of the run, as far as the warmup leaves room for it. */
    private static long decaySteps(long steps) {
        return Math.max(0, Math.min(steps / 4, steps - WARMUP_STEPS));
    }
}
