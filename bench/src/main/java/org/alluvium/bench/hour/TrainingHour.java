package org.alluvium.bench.hour;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.alluvium.bench.soak.Flatness;
import org.alluvium.bench.soak.ProcessProbe;
import org.alluvium.cli.supervise.JavaCommand;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.layout.RunLayout;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains for an hour as {@code alluvium train} does, in a process of its own, looks at it every minute, and reports. */
@Command(
        name = "hour",
        mixinStandardHelpOptions = true,
        description = {
            "Trains for an hour, and reports the loss, what the model said meanwhile, and heap, resident memory, file handles and"
                    + " threads. A run that was begun goes on.",
            "Ends with 0 if nothing that must be flat grew after the first third."
        })
public final class TrainingHour implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(names = "--config", required = true, description = "Configuration of the run; its corpus is there already.")
    private Path config;

    @Option(names = "--minutes", description = "How long it trains. Default: ${DEFAULT-VALUE}.")
    private int minutes = 60;

    @Option(names = "--sample-seconds", description = "Time between two looks. Default: ${DEFAULT-VALUE}.")
    private int sampleSeconds = 60;

    @Option(names = "--plot", description = "File for a picture of the curve. Default: loss.svg in the run's folder.")
    private Path plot;

    @Option(names = "--home", hidden = true, description = "The checkout.")
    private Path home = Path.of("");

    private final InstantSource clock = InstantSource.system();

    public static void main(String[] args) {
        System.exit(new CommandLine(new TrainingHour()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path run = ConfigLoader.load(config, List.of()).train().run();
        List<Moment> moments = watch(run.resolve("logs"));
        HourReport report = new HourReport(moments, EventReader.readAll(new RunLayout(run).events()));
        PrintWriter out = command.commandLine().getOut();
        report.lines().forEach(out::println);
        out.flush();
        Files.writeString(plot == null ? run.resolve("loss.svg") : plot, report.plot());
        boolean flat = report.trends().stream().allMatch(Flatness.Trend::flat);
        return (flat ? ExitCode.OK : ExitCode.FAILED).code();
    }

    private List<Moment> watch(Path logs) throws IOException, InterruptedException {
        Files.createDirectories(logs);
        JavaCommand java = new JavaCommand(
                Path.of(System.getProperty("java.home")), home.toAbsolutePath(), System.getProperty("java.class.path"));
        Process trainer = new ProcessBuilder(java.supervised("train", logs, List.of("--config", config.toString())))
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve("train.console").toFile())
                .start();
        try {
            return moments(trainer, logs);
        } finally {
            trainer.destroy(); // SIGTERM: it finishes its step and writes a checkpoint
            trainer.waitFor();
        }
    }

    private List<Moment> moments(Process trainer, Path logs) throws InterruptedException {
        ProcessProbe probe = ProcessProbe.ofThisJdk();
        List<Moment> moments = new ArrayList<>();
        Instant begin = clock.instant();
        Instant end = begin.plus(Duration.ofMinutes(minutes));
        while (clock.instant().isBefore(end)) {
            if (trainer.waitFor(sampleSeconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "the trainer ended with %d: see %s".formatted(trainer.exitValue(), logs));
            }
            Instant now = clock.instant();
            double minute = Duration.between(begin, now).toMillis() / 60e3;
            probe.look(trainer.pid()).ifPresent(reading -> moments.add(new Moment(minute, now, reading)));
        }
        return moments;
    }
}
