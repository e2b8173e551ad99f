package org.alluvium.trainer.loop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.trainer.fixture.TestRun;

/** A training process that can be killed: {@code FOLDER NAME SETTING…}, as {@link TestRun} takes them. */
final class TrainTestMain {

    private TrainTestMain() {}

    public static void main(String[] args) {
        TestRun run = new TestRun(Path.of(args[0]), args[1], Arrays.copyOfRange(args, 2, args.length));
        try {
            System.exit(run.trainAsProcess().code());
        } catch (AlluviumException e) {
            e.printStackTrace();
            System.exit(e.exitCode().code());
        }
    }

    /** What starts one; its output goes to {@code FOLDER/NAME.log}. */
    static ProcessBuilder process(Path folder, String name, List<String> jvmOptions, List<String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                TrainTestMain.class.getName(),
                folder.toString(),
                name));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()));
    }
}
