package org.alluvium.dashboard.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.contracts.layout.RunLayout;

/** Another run beside a recorded one: with another seed, and with a process that went back forty steps. */
final class SiblingRun {

    static final int BACK_TO = 200;

    private SiblingRun() {}

    /** Writes it into a folder of its own. */
    static RunLayout create(RecordedRun recorded, Path folder) throws IOException {
        RunLayout run = new RunLayout(folder).create();
        StringBuilder events = new StringBuilder(Files.readString(recorded.run().events())
                .replace("\"train.seed\":1", "\"train.seed\":2")
                .replace("\"learningRate\":0.002", "\"learningRate\":0.004"));
        events.append("{\"time\":\"2026-01-01T00:05:00Z\",\"type\":\"resume\",\"step\":%d,\"path\":\"step-200\"}\n"
                .formatted(BACK_TO));
        for (int step = BACK_TO + 1; step <= RecordedRun.STEPS; step++) {
            events.append(RecordedRun.step(step, 3));
        }
        Files.writeString(run.events(), events);
        return run;
    }
}
