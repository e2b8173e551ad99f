package org.alluvium.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.cli.status.RunMonitor;
import org.alluvium.cli.supervise.ChildSpec;
import org.alluvium.cli.supervise.JavaCommand;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.gateway.Gateway;
import org.alluvium.trainer.backend.choice.AcceleratorLaunch;

/**
 * What is to be run.
 *
 * @param title heading of the view
 * @param children {@link #INGEST}, {@link #TRAIN} and, where a source is pushed to, {@link #GATEWAY}; {@link #DASHBOARD} if asked for
 * @param monitor of what they publish
 * @param steps steps that complete the run; 0 for one without end
 */
public record LocalPlan(String title, List<ChildSpec> children, RunMonitor monitor, long steps) {

    /** Names of the processes, which are also their commands. */
    public static final String INGEST = "ingest";

    public static final String TRAIN = "train";
    public static final String GATEWAY = "gateway";
    public static final String DASHBOARD = "dashboard";

    public LocalPlan {
        children = List.copyOf(children);
    }

    /**
     * Ingest and trainer for a configuration, and the gateway if it names a source for that.
     *
     * @param file the configuration, as all processes will read it
     * @param overrides values that replace the file's
     * @param logs folder for what they have to say
     */
    public static LocalPlan of(String title, AlluviumConfig config, Path file, List<String> overrides, Path logs) {
        List<String> arguments = arguments(file, overrides);
        CorpusLayout corpus = CorpusLayout.of(config);
        RunLayout run = new RunLayout(config.train().run());
        JavaCommand java = JavaCommand.ofThisProcess();
        List<ChildSpec> children = new ArrayList<>();
        children.add(child(java, INGEST, arguments, logs, Optional.of(corpus.lock()), false));
        children.add(
                child(trainer(java, config.train().backend()), TRAIN, arguments, logs, Optional.of(run.lock()), true));
        if (config.gateway().source().isPresent()) {
            children.add(child(java, GATEWAY, arguments, logs, Gateway.lock(config), false));
        }
        return new LocalPlan(
                title, children, new RunMonitor(corpus, run), config.train().steps());
    }

    private static JavaCommand trainer(JavaCommand java, TrainConfig.Backend backend) {
        AcceleratorLaunch.ofThisProcess().require(backend);
        return switch (backend) {
            case CPU, REFERENCE -> java;
            case AUTO, TORNADO -> java.accelerated();
        };
    }

    /** The same, with a dashboard beside it. */
    public LocalPlan withDashboard(int port, Path file, List<String> overrides, Path logs) {
        List<String> arguments = arguments(file, overrides);
        arguments.addAll(List.of("--port", Integer.toString(port)));
        List<ChildSpec> more = new ArrayList<>(children);
        more.add(child(JavaCommand.ofThisProcess(), DASHBOARD, arguments, logs, Optional.empty(), false));
        return new LocalPlan(title, more, monitor, steps);
    }

    private static List<String> arguments(Path file, List<String> overrides) {
        List<String> arguments = new ArrayList<>(List.of("--config", file.toString()));
        for (String override : overrides) {
            arguments.add("--set");
            arguments.add(override);
        }
        return arguments;
    }

    private static ChildSpec child(
            JavaCommand java, String name, List<String> arguments, Path logs, Optional<Path> lock, boolean goal) {
        return new ChildSpec(name, java.supervised(name, logs, arguments), logs.resolve(name + ".console"), lock, goal);
    }
}
