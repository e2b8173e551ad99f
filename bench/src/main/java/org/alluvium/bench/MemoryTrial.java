package org.alluvium.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.loop.TrainOptions;
import org.alluvium.trainer.loop.TrainProcess;

/**
 * A training process that says at its end what it has taken: on the last line of its output, separated by a space, the bytes
 * that it had planned, and the most that it has held, as Linux counts it. Its arguments are a folder, and overrides of the
 * configuration.
 */
final class MemoryTrial {

    private static final Pattern PLANNED = Pattern.compile("\"memoryBytes\"\\s*:\\s*(\\d+)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final long KIB = 1024;

    private MemoryTrial() {}

    public static void main(String[] arguments) throws IOException {
        List<String> overrides = List.of(arguments).subList(1, arguments.length);
        AlluviumConfig config = ConfigLoader.parse("{}", "memory trial", Path.of(arguments[0]), overrides);
        TrainProcess.run(config, TrainOptions.ofProcess());
        long planned = number(PLANNED, new RunLayout(config.train().run()).events());
        long peak = number(PEAK, Path.of("/proc/self/status")) * KIB;
        System.out.println(planned + " " + peak);
    }

    private static long number(Pattern pattern, Path file) throws IOException {
        MatchResult found = pattern.matcher(Files.readString(file))
                .results()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(file + " does not say " + pattern));
        return Long.parseLong(found.group(1));
    }
}
