package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.dashboard.estimate.Estimate;
import org.alluvium.dashboard.estimate.Work;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what a run would take. */
@Command(
        name = "estimate",
        description = {
            "Say what a training run would take: operations, devices, energy and price.",
            "",
            "A token costs six operations for each parameter, and those of attention if the shape is given.",
            "What a corpus takes says 'estimate corpus', how a stream is kept up with 'estimate stream'."
        },
        subcommands = {EstimateCorpusCommand.class, EstimateStreamCommand.class},
        footer = {
            "  ./alluvium estimate --parameters 175e9 --tokens 300e9 --days 30 --device-flops 78e12",
            "  ./alluvium estimate --parameters 7e9 --tokens 140e9 --days 7 --device-flops 400e12 --watts 1000 --price 2.5"
        })
final class EstimateCommand implements Callable<Integer> {

    private static final double TERA = 1e12;

    @Spec
    private CommandSpec spec;

    @Option(names = "--parameters", paramLabel = "N", description = "Parameters of the model.")
    private double parameters;

    @Option(names = "--tokens", paramLabel = "D", description = "Tokens to train on.")
    private double tokens;

    @Option(names = "--days", paramLabel = "DAYS", description = "Days it may take.")
    private double days;

    @Option(
            names = "--device-flops",
            paramLabel = "FLOP/S",
            description = "What one device does a second in effect: its peak times the share that training reaches.")
    private double deviceFlops;

    @Option(names = "--watts", description = "What one device takes, with its part of machine and cooling.")
    private double watts;

    @Option(names = "--price", description = "What one device costs an hour.")
    private double price;

    @Option(names = "--layers", description = "Layers of the model, to count attention.")
    private int layers;

    @Option(names = "--channels", description = "Channels of the model, to count attention.")
    private int channels;

    @Option(names = "--context", description = "Tokens of a sequence, to count attention.")
    private int context;

    @Override
    public Integer call() {
        if (spec.commandLine().getParseResult().matchedOptions().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "give --parameters, --tokens, --days and --device-flops, or a command");
        }
        if (!(parameters > 0 && tokens > 0 && days > 0 && deviceFlops > 0)) {
            throw new ConfigException(
                    "a run of nothing takes nothing",
                    "estimate",
                    "Give parameters, tokens, days and operations above 0");
        }
        Work work = new Work(parameters, tokens, new Work.Attention(layers, channels, context));
        Estimate estimate = Estimate.of(work, days, new Estimate.Device(deviceFlops, watts, price));
        PrintWriter out = spec.commandLine().getOut();
        line(out, "operations", "%.4g FLOPs", estimate.flops());
        if (estimate.attentionFlops() > 0) {
            line(out, "of attention", "%.4g FLOPs", estimate.attentionFlops());
        }
        line(out, "rate", "%,.0f TFLOP/s for %s days", estimate.flopsPerSecond() / TERA, days);
        line(out, "devices", "%,.0f at %.4g TFLOP/s", estimate.devices(), deviceFlops / TERA);
        line(out, "device hours", "%,.0f", estimate.deviceHours());
        if (watts > 0) {
            line(out, "energy", "%,.0f kWh", estimate.kilowattHours());
        }
        if (price > 0) {
            line(out, "price", "%,.0f", estimate.price());
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static void line(PrintWriter out, String name, String format, Object... values) {
        out.printf(Locale.ROOT, "%-13s " + format + "%n", concat(name, values));
    }

    private static Object[] concat(String name, Object... values) {
        Object[] all = new Object[values.length + 1];
        all[0] = name;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }
}
