package org.alluvium.bench.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.loop.TrainOptions;
import org.alluvium.trainer.loop.TrainProcess;

/**
 * A training process whose last line of output is its {@link Outcome}. Its arguments are a folder, and overrides of the
 * configuration. Linux only.
 */
final class TrialProcess {

    private TrialProcess() {}

    public static void main(String[] arguments) throws IOException {
        List<String> overrides = List.of(arguments).subList(1, arguments.length);
        AlluviumConfig config = ConfigLoader.parse("{}", "trial", Path.of(arguments[0]), overrides);
        TrainProcess.run(config, TrainOptions.ofProcess());
        String events = Files.readString(new RunLayout(config.train().run()).events());
        System.out.println(Outcome.read(events, Files.readString(Path.of("/proc/self/status")))
                .line());
    }
}
