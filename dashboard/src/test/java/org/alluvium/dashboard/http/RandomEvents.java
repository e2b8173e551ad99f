package org.alluvium.dashboard.http;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Events of a run that was stopped and went on from checkpoints, whose guard went back, and whose figures are missing, not
 * numbers or infinite here and there.
 */
final class RandomEvents {

    /** Figures that may be in it. */
    static final List<String> SERIES = List.of(
            "step/loss",
            "step/gradNorm",
            "step/mfu",
            "eval/heldOutBitsPerByte",
            "eval/bySource/web/bitsPerByte",
            "eval/bySource/books/bitsPerByte",
            "suite/piqa/figures/accuracy",
            "suite/arc/figures/accuracy",
            "checkpoint/writeMillis");

    private static final Instant BEGIN = Instant.parse("2026-03-01T22:00:00Z");

    private final RandomGenerator random;
    private final StringBuilder text = new StringBuilder();
    private int step;
    private long millis;

    private RandomEvents(RandomGenerator random) {
        this.random = random;
    }

    /** Lines of a file of events. */
    static String of(RandomGenerator random) {
        RandomEvents events = new RandomEvents(random);
        int processes = random.nextInt(1, 5);
        for (int process = 0; process < processes; process++) {
            events.process(process > 0);
        }
        return events.text.toString();
    }

    private void process(boolean goesOn) {
        event("start", "\"parameters\":7");
        if (goesOn) {
            step = random.nextInt(step + 1);
            event("resume", "\"step\":" + step + ",\"path\":\"step-" + step + "\"");
        }
        int steps = random.nextInt(200);
        for (int i = 0; i < steps; i++) {
            step++;
            event("step", "\"step\":%d,\"tokens\":%d%s".formatted(step, 512L * step, figures()));
            now(
                    0.05,
                    "eval",
                    () -> "\"heldOutBitsPerByte\":%s,\"bySource\":{\"web\":{\"bitsPerByte\":%s}%s}"
                            .formatted(number(), number(), random.nextBoolean() ? "" : books()));
            now(
                    0.03,
                    "suite",
                    () -> "\"suite\":\"%s\",\"figures\":{\"accuracy\":%s}"
                            .formatted(random.nextBoolean() ? "piqa" : "arc", number()));
            now(0.03, "checkpoint", () -> "\"path\":\"step\",\"writeMillis\":" + number());
            now(0.02, "alert", () -> "\"message\":\"old documents\"");
            if (random.nextInt(80) == 0) {
                int back = random.nextInt(step);
                event(
                        "spike",
                        "\"step\":%d,\"reason\":\"loss\",\"action\":\"rewound\",\"toStep\":%d".formatted(step, back));
                step = back;
            }
        }
    }

    private String books() {
        return ",\"books\":{\"bitsPerByte\":" + number() + "}";
    }

    private String figures() {
        StringBuilder figures = new StringBuilder();
        for (String name : List.of("loss", "gradNorm", "mfu")) {
            if (random.nextInt(12) > 0) {
                figures.append(",\"").append(name).append("\":").append(number());
            }
        }
        return figures.toString();
    }

    private String number() {
        return switch (random.nextInt(24)) {
            case 0 -> "\"NaN\"";
            case 1 -> "\"Infinity\"";
            case 2 -> "\"-Infinity\"";
            case 3 -> Integer.toString(random.nextInt(100));
            case 4 -> Double.toString(random.nextGaussian() * 1e-12);
            default -> Double.toString(random.nextGaussian() * 100);
        };
    }

    private void now(double probability, String type, Supplier<String> fields) {
        if (random.nextDouble() < probability) {
            event(type, "\"step\":" + step + "," + fields.get());
        }
    }

    private void event(String type, String fields) {
        millis += random.nextInt(1, 5_000);
        text.append(String.format(
                Locale.ROOT, "{\"time\":\"%s\",\"type\":\"%s\",%s}\n", BEGIN.plusMillis(millis), type, fields));
    }
}
