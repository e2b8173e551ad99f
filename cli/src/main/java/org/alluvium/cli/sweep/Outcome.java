package org.alluvium.cli.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.alluvium.contracts.event.Event;

/**
 * What the events of a run add up to. A resumed run repeats the steps after its checkpoint, and their events; of two the later
 * one counts.
 *
 * @param configDigest of the configuration that the run was last started with, empty if it never was
 * @param stoppedAt step at which it last ended by itself or on request; 0 if it never did
 * @param step newest step
 * @param tokens trained on
 * @param seconds of forward, backward and update
 * @param trained bits per byte of what was trained on, before it was learned from
 * @param heldOut bits per byte of held-out documents
 */
public record Outcome(
        Optional<String> configDigest,
        long stoppedAt,
        long step,
        long tokens,
        double seconds,
        List<Mark> trained,
        List<Mark> heldOut) {

    /** Over how much of a run's end the training loss is averaged. */
    private static final double END_SHARE = 0.05;

    private static final double MILLIS = 1e3;

    public Outcome {
        trained = List.copyOf(trained);
        heldOut = List.copyOf(heldOut);
    }

    /** A value after so many tokens. */
    public record Mark(long tokens, double bitsPerByte) {}

    /** Adds up events, in their order. */
    public static Outcome of(List<Event> events) {
        NavigableMap<Long, Event> steps = new TreeMap<>();
        NavigableMap<Long, Event> evaluations = new TreeMap<>();
        Optional<String> configDigest = Optional.empty();
        long stoppedAt = 0;
        for (Event event : events) {
            long step = (long) event.number("step", 0);
            switch (event.type()) {
                case "start" -> configDigest = Optional.of(event.text("configDigest"));
                case "stop" -> stoppedAt = step;
                case "step" -> {
                    steps.tailMap(step, true).clear();
                    steps.put(step, event);
                }
                case "eval" -> evaluations.put(step, event);
                default -> {} // says nothing of what was learned
            }
        }
        Optional<Event> newest = Optional.ofNullable(steps.lastEntry()).map(Map.Entry::getValue);
        return new Outcome(
                configDigest,
                stoppedAt,
                steps.isEmpty() ? 0 : steps.lastKey(),
                newest.map(event -> (long) event.number("tokens", 0)).orElse(0L),
                steps.values().stream()
                                .mapToDouble(event -> event.number("stepMillis", 0))
                                .sum()
                        / MILLIS,
                steps.values().stream()
                        .map(event -> mark(event, event, "bitsPerByte"))
                        .toList(),
                evaluated(evaluations, steps));
    }

    private static List<Mark> evaluated(NavigableMap<Long, Event> evaluations, NavigableMap<Long, Event> steps) {
        List<Mark> marks = new ArrayList<>();
        evaluations.forEach((step, event) -> {
            if (steps.containsKey(step)) {
                marks.add(mark(steps.get(step), event, "heldOutBitsPerByte"));
            }
        });
        return marks;
    }

    private static Mark mark(Event step, Event event, String field) {
        return new Mark((long) step.number("tokens", 0), event.number(field, Double.NaN));
    }

    /** Whether the run reached this last step and ended. */
    public boolean reached(long lastStep) {
        return step >= lastStep && stoppedAt >= lastStep;
    }

    public double tokensPerSecond() {
        return seconds == 0 ? 0 : tokens / seconds;
    }

    /** Bits per byte at the end, averaged over the last twentieth of the steps. */
    public OptionalDouble trainedAtEnd() {
        int last = (int) Math.ceil(END_SHARE * trained.size());
        return trained.stream()
                .skip(trained.size() - (long) last)
                .mapToDouble(Mark::bitsPerByte)
                .average();
    }

    /** Held-out bits per byte at the last evaluation. */
    public OptionalDouble heldOutAtEnd() {
        return heldOut.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(heldOut.getLast().bitsPerByte());
    }

    /** What runs are compared by: held-out documents where they were scored, otherwise those trained on. */
    public OptionalDouble score() {
        return heldOut.isEmpty() ? trainedAtEnd() : heldOutAtEnd();
    }

    /** The course of {@link #score}. */
    public List<Mark> course() {
        return heldOut.isEmpty() ? trained : heldOut;
    }
}
