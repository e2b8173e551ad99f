package org.alluvium.trainer.loop;

import java.nio.file.Path;
import java.util.Arrays;
import org.alluvium.trainer.fixture.TestRun;

/** A training process that can be killed: {@code FOLDER NAME SETTING…}, as {@link TestRun} takes them. */
final class TrainTestMain {

    private TrainTestMain() {}

    public static void main(String[] args) {
        TestRun run = new TestRun(Path.of(args[0]), args[1], Arrays.copyOfRange(args, 2, args.length));
        System.exit(run.trainTransformer().code());
    }
}
