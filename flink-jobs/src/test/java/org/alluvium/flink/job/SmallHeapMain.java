package org.alluvium.flink.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;

/** The ingest process in a virtual machine of its own, whose memory a test decides. */
final class SmallHeapMain {

    private SmallHeapMain() {}

    public static void main(String[] args) {
        ExitCode code = IngestProcess.run(ConfigLoader.load(Path.of(args[0]), List.of()), IngestOptions.DEFAULT);
        System.exit(code.code());
    }

    /** How to start it with the JDK and the classes of this process. */
    static List<String> command(List<String> jvmOptions, Path config) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(SmallHeapMain.class.getName(), config.toString()));
        return command;
    }
}
