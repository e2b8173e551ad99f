package org.alluvium.bench.peers.libtorch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Takes the steps of a dump with PyTorch's native library and prints the lines that {@code torch_curve.py} prints. What is
 * timed is forward, backward, clipping and update. Run it with {@code bench/peers/libtorch.sh}.
 */
@Command(
        name = "libtorch",
        mixinStandardHelpOptions = true,
        description = "Takes the steps of a dump with PyTorch's native library and prints one JSON line a step.")
public final class LibtorchCurve implements Callable<Integer> {

    @Parameters(paramLabel = "DUMP", description = "Folder that peers.DumpCommand wrote.")
    private Path folder;

    @Option(names = "--steps", description = "Take only so many of the dump's steps.")
    private int steps = Integer.MAX_VALUE;

    @Option(names = "--threads", description = "Threads. Default: ${DEFAULT-VALUE}.")
    private int threads = 2;

    @Option(names = "--bf16", description = "Matrix products and attention in BF16, by autocast.")
    private boolean bf16;

    @Spec
    private CommandSpec command;

    public static void main(String[] args) {
        System.exit(new CommandLine(new LibtorchCurve()).execute(args));
    }

    /** What is printed of a step. */
    record Line(int step, double loss, double seconds, double tokensPerSecond) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        JsonMapper json = JsonMapper.builder().build();
        Dump dump = Dump.read(folder);
        torch.set_num_threads(threads);
        command.commandLine().getErr().println(torch.show_config().getString());
        try (PointerScope _ = new PointerScope()) {
            Training training = new Training(dump, DumpTensors.weights(folder), bf16);
            for (int i = 0; i < Math.min(steps, dump.steps().size()); i++) {
                out.println(json.writeValueAsString(line(training, dump, i)));
                out.flush();
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Line line(Training training, Dump dump, int step) throws IOException {
        Dump.Step facts = dump.steps().get(step);
        try (Tensor batches = DumpTensors.batches(folder, dump, step)) {
            long start = System.nanoTime();
            double loss = training.step(batches, facts.learningRate());
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Line(step + 1, loss, seconds, facts.tokens() / seconds);
        }
    }
}
