package org.alluvium.bench.dashboard;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import org.alluvium.contracts.layout.RunLayout;

/** Steps as a trainer writes them, about 450 bytes each; every figure follows from the step, so that readers can be checked. */
final class SyntheticSteps {

    /** The one bad step of a long run. */
    static final int SPIKE = 614_227;

    static final double SPIKE_LOSS = 17.5;

    private static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");
    private static final long STEP_MILLIS = 4_100;
    private static final long TOKENS = 524_288;
    private static final int EVALUATED_EVERY = 5_000;

    private SyntheticSteps() {}

    /** The loss after a step; no other step has that of another nearby. */
    static double loss(long step) {
        if (step == SPIKE) {
            return SPIKE_LOSS;
        }
        double noise = 0.1 * new SplittableRandom(step).nextDouble();
        return 2.4 + 8 * Math.exp(-step / 3_000.0) + 1.2 / Math.sqrt(1 + step / 2_000.0) + noise;
    }

    /** The line of a step's event, with its line feed. */
    static String line(long step) {
        SplittableRandom random = new SplittableRandom(~step);
        double loss = loss(step);
        return "{\"time\":\"" + time(step) + "\",\"type\":\"step\",\"step\":" + step + ",\"tokens\":" + TOKENS * step
                + ",\"loss\":" + loss + ",\"bitsPerByte\":" + 0.33 * loss + ",\"learningRate\":"
                + 3e-4 / (1 + 1e-6 * step)
                + ",\"gradNorm\":" + (0.5 + random.nextDouble()) + ",\"tokensPerSecond\":"
                + 1000 * (125 + 4 * random.nextDouble())
                + ",\"mfu\":" + (0.4 + 0.02 * random.nextDouble()) + ",\"stepMillis\":"
                + (4_000 + 90 * random.nextDouble())
                + ",\"waitMillis\":" + 3 * random.nextDouble() + ",\"waitShare\":" + 0.01 * random.nextDouble()
                + ",\"lagTokens\":" + random.nextInt(1_000_000, 4_000_000) + ",\"lagSeconds\":"
                + 200 * random.nextDouble()
                + ",\"eventLagSeconds\":" + 900 * random.nextDouble() + "}\n";
    }

    private static Instant time(long step) {
        return BEGIN.plusMillis(STEP_MILLIS * step + 1);
    }

    private static String evaluation(long step) {
        return String.format(
                Locale.ROOT,
                "{\"time\":\"%s\",\"type\":\"eval\",\"step\":%d,\"heldOutBitsPerByte\":%s}%n",
                time(step),
                step,
                0.34 * loss(step));
    }

    /** Writes a run of so many steps, and evaluations between them, unless it is there. */
    static void write(RunLayout run, int steps) throws IOException {
        run.create();
        if (Files.exists(run.events())) {
            return;
        }
        Path building = run.events().resolveSibling("building");
        try (BufferedWriter out = Files.newBufferedWriter(building)) {
            for (int step = 1; step <= steps; step++) {
                out.write(line(step));
                if (step % EVALUATED_EVERY == 0) {
                    out.write(evaluation(step));
                }
            }
        }
        Files.move(building, run.events());
    }

    /** Adds steps to a run, from one up to another, both included. */
    static void append(RunLayout run, long from, long to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (long step = from; step <= to; step++) {
            lines.append(line(step));
        }
        Files.writeString(run.events(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
