package org.alluvium.bench.ablation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.loop.StopSignal;
import org.alluvium.trainer.loop.TrainOptions;
import org.alluvium.trainer.loop.TrainProcess;
import org.alluvium.trainer.model.ModelShape;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Trains every {@link Variant} of a file with every seed, one after another, and reports them beside the first. What was
 * finished before is not trained again, so an interrupted ablation goes on where it was.
 */
@Command(
        name = "ablation",
        mixinStandardHelpOptions = true,
        description = "Trains variants of a run at a fixed number of tokens, and compares them with the first.")
public final class Ablation implements Callable<Integer> {

    @Option(names = "--config", required = true, description = "Configuration that all variants share.")
    private Path config;

    @Option(names = "--variants", required = true, description = "File of variants; the first is the baseline.")
    private Path variants;

    @Option(names = "--seeds", split = ",", description = "Seeds of each. Default: ${DEFAULT-VALUE}.")
    private List<Long> seeds = List.of(1L, 2L, 3L);

    @Option(names = "--tokens", description = "Tokens of a whole budget. Default: ${DEFAULT-VALUE}.")
    private long tokens = 2_000_000;

    @Option(names = "--report-only", description = "Trains nothing.")
    private boolean reportOnly;

    @Parameters(paramLabel = "DIR", description = "Folder of the runs.")
    private Path folder;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Ablation()).execute(args));
    }

    @Override
    public Integer call() {
        List<Variant> all = Variant.readAll(variants);
        for (long seed : seeds) {
            for (Variant variant : all) {
                if (!reportOnly) {
                    train(variant, seed);
                }
            }
        }
        Map<Variant, List<Curve>> curves = new LinkedHashMap<>();
        for (Variant variant : all) {
            curves.put(variant, curves(variant));
        }
        new AblationReport(curves).print(out());
        return CommandLine.ExitCode.OK;
    }

    private void train(Variant variant, long seed) {
        AlluviumConfig run = load(variant, seed);
        Path done = run.train().run().resolve("done");
        if (Files.exists(done)) {
            return;
        }
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        long started = System.nanoTime();
        TrainProcess.run(run, new TrainOptions(quiet, InstantSource.system(), new StopSignal(), true));
        Curve curve = Curve.read(new RunLayout(run.train().run()).events());
        out().printf(
                        "%s, seed %d: %.4f bits per byte after %,d steps, %.0f s%n",
                        variant.name(), seed, curve.last(), run.train().steps(), (System.nanoTime() - started) / 1e9);
        out().flush();
        finish(done);
    }

    private static void finish(Path done) {
        try {
            Files.createFile(done);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The configuration of a run; its steps are what its share of the tokens fills. */
    private AlluviumConfig load(Variant variant, long seed) {
        AlluviumConfig first = ConfigLoader.load(config, with(variant.keysWithoutDecay(), 1_000_000));
        ModelShape shape =
                ModelShape.of(first.model(), Vocabulary.of(first.tokenizer()).size());
        long step = (long) first.train().batch() * first.train().accumulate() * shape.context();
        long steps = Math.round(variant.share() * tokens / step);
        List<String> overrides = new ArrayList<>(with(variant.overrides(steps), steps));
        overrides.add(
                "train.run=" + folder.toAbsolutePath().resolve(variant.name()).resolve("seed-" + seed));
        overrides.add("train.seed=" + seed);
        return ConfigLoader.load(config, overrides);
    }

    private static List<String> with(List<String> overrides, long steps) {
        return Stream.concat(overrides.stream(), Stream.of("train.steps=" + steps))
                .toList();
    }

    private List<Curve> curves(Variant variant) {
        return seeds.stream()
                .map(seed -> new RunLayout(folder.resolve(variant.name()).resolve("seed-" + seed)).events())
                .filter(Files::exists)
                .map(Curve::read)
                .filter(curve -> !curve.points().isEmpty())
                .toList();
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
