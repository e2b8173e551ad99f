package org.alluvium.cli.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.alluvium.cli.view.DashboardSnapshot.Alerts;
import org.alluvium.cli.view.DashboardSnapshot.Guard;
import org.alluvium.cli.view.DashboardSnapshot.HeldOut;
import org.alluvium.cli.view.DashboardSnapshot.Step;
import org.alluvium.cli.view.DashboardSnapshot.TakenDown;
import org.alluvium.cli.view.DashboardSnapshot.TextSample;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.log.Freshness.Quantiles;

/**
 * What the events of a training run add up to. A resumed run repeats the steps after its checkpoint, and their events; the
 * later one of two counts. Fed in the order of the file; not thread-safe.
 */
public final class TrainerProgress {

    private static final int PACE_STEPS = 32;

    private final Curve bitsPerByte = new Curve();
    private final Deque<Pace> recent = new ArrayDeque<>();
    private final Map<String, TextSample> firstSamples = new LinkedHashMap<>();
    private final Map<String, TextSample> lastSamples = new LinkedHashMap<>();
    private Optional<Step> latest = Optional.empty();
    private Optional<HeldOut> heldOut = Optional.empty();
    private Optional<Saved> checkpoint = Optional.empty();
    private Optional<Saved> archived = Optional.empty();
    private Optional<TakenDown> takenDown = Optional.empty();
    private Optional<String> waiting = Optional.empty();
    private Optional<String> error = Optional.empty();
    private Optional<Instant> lastEvent = Optional.empty();
    private long lagTokens;
    private double lagSeconds;
    private long heldOutBytes;
    private int heldOutDocuments;

    private final Map<String, Quantiles> freshness = new LinkedHashMap<>();
    private final NavigableMap<Long, Long> tooOld = new TreeMap<>(); // by step
    private final EvaluationProgress evaluations = new EvaluationProgress();
    private final GuardProgress guard = new GuardProgress();
    private final AlertProgress alerts = new AlertProgress();

    private record Pace(Instant time, long step) {}

    /** A checkpoint that was written. */
    public record Saved(long step, Instant time, String path) {}

    /** Takes the next event. Types that say nothing about progress are passed over. */
    public void add(Event event) {
        lastEvent = Optional.of(event.time());
        evaluations.add(event);
        guard.add(event);
        alerts.add(event);
        switch (event.type()) {
            case "start" -> started(event);
            case "step" -> step(event);
            case "freshness" -> freshness(event);
            case "waiting" -> waiting = Optional.of(event.text("reason"));
            case "eval" -> {
                heldOut =
                        Optional.of(new HeldOut(whole(event, "step"), event.number("heldOutBitsPerByte", Double.NaN)));
                heldOutBytes = whole(event, "heldOutBytes");
                heldOutDocuments = Math.toIntExact(whole(event, "heldOutDocuments"));
            }
            case "sample" -> sample(event);
            case "checkpoint" ->
                checkpoint = Optional.of(new Saved(whole(event, "step"), event.time(), event.text("path")));
            case "archive" -> archived = Optional.of(new Saved(whole(event, "step"), event.time(), ""));
            case "takedown" -> takenDown = Optional.of(new TakenDown(whole(event, "step"), whole(event, "through")));
            case "error" -> error = Optional.of(event.text("message"));
            default -> {
                // A type of a newer version, or one that is for other readers.
            }
        }
    }

    private void started(Event event) {
        recent.clear();
        waiting = event.fields().get("device") instanceof Map<?, ?> device
                ? Optional.of("the first step compiles its kernels for " + device.get("name"))
                : Optional.empty();
        error = Optional.empty();
    }

    private void step(Event event) {
        long number = whole(event, "step");
        latest = Optional.of(new Step(
                number,
                whole(event, "tokens"),
                event.number("loss", Double.NaN),
                event.number("bitsPerByte", Double.NaN),
                event.number("tokensPerSecond", 0)));
        bitsPerByte.put(number, event.number("bitsPerByte", Double.NaN));
        lagTokens = whole(event, "lagTokens");
        lagSeconds = event.number("lagSeconds", 0);
        tooOld.tailMap(number, true).clear();
        if (event.fields().containsKey("tooOld")) {
            tooOld.put(number, whole(event, "tooOld"));
        }
        waiting = Optional.empty();
        recent.addLast(new Pace(event.time(), number));
        if (recent.size() > PACE_STEPS) {
            recent.removeFirst();
        }
    }

    private void freshness(Event event) {
        freshness.clear();
        event.fields()
                .forEach((leg, member) -> Quantiles.from(member).ifPresent(quantiles -> freshness.put(leg, quantiles)));
    }

    private void sample(Event event) {
        String prompt = event.text("prompt");
        String text = event.text("text");
        String continuation = text.startsWith(prompt) ? text.substring(prompt.length()) : text;
        TextSample sample = new TextSample(whole(event, "step"), prompt, continuation);
        firstSamples.merge(prompt, sample, (old, newer) -> newer.step() <= old.step() ? newer : old);
        lastSamples.put(prompt, sample);
    }

    private static long whole(Event event, String field) {
        return Math.round(event.number(field, 0));
    }

    /** Time until the given step at the pace of the last steps; empty if that can't be told. */
    public Optional<Duration> remaining(long steps) {
        if (recent.size() < 2 || steps == 0) {
            return Optional.empty();
        }
        Duration time =
                Duration.between(recent.getFirst().time(), recent.getLast().time());
        long done = recent.getLast().step() - recent.getFirst().step();
        long left = Math.max(0, steps - recent.getLast().step());
        return done <= 0
                ? Optional.empty()
                : Optional.of(time.multipliedBy(left).dividedBy(done));
    }

    public Optional<Step> latest() {
        return latest;
    }

    /** Bits per byte of the steps so far, oldest first, thinned out where they are many. */
    public List<Double> bitsPerByte() {
        return bitsPerByte.values();
    }

    public Optional<HeldOut> heldOut() {
        return heldOut;
    }

    /** The newest evaluations, by source, language and suite. */
    public EvaluationProgress evaluations() {
        return evaluations;
    }

    /** What the guard has done. */
    public Guard guard() {
        return guard.snapshot();
    }

    /** What the run passes over since a takedown that came while it ran. */
    public Optional<TakenDown> takenDown() {
        return takenDown;
    }

    /** What went wrong since the newest process began without ending it; empty if nothing did. */
    public Optional<Alerts> alerts(Instant now) {
        return alerts.snapshot(now);
    }

    /** Documents that the newest held-out figure is about: the first so many of the log that are held out. */
    public int heldOutDocuments() {
        return heldOutDocuments;
    }

    /** Bytes of text that the newest held-out figure is about. */
    public long heldOutBytes() {
        return heldOutBytes;
    }

    public Optional<Saved> checkpoint() {
        return checkpoint;
    }

    /** The newest one in the run's archive, as the events tell it; without a path. */
    public Optional<Saved> archived() {
        return archived;
    }

    /** Why no step is being made; empty while steps are made. */
    public Optional<String> waiting() {
        return waiting;
    }

    /** The error that the newest process ended with. */
    public Optional<String> error() {
        return error;
    }

    public Optional<Instant> lastEvent() {
        return lastEvent;
    }

    /** Tokens in shards that no step had learned from at the newest step. */
    public long lagTokens() {
        return lagTokens;
    }

    public Duration lag() {
        return Duration.ofMillis(Math.round(lagSeconds * 1000));
    }

    /** How long the documents of the newest report took to their first step, by leg: {@code eventToStep} and so on. */
    public Map<String, Quantiles> freshness() {
        return Collections.unmodifiableMap(freshness);
    }

    /** Documents that were passed over since they had been published too long before they were committed. */
    public long tooOld() {
        return tooOld.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The first text for each prompt. */
    public List<TextSample> firstSamples() {
        return List.copyOf(firstSamples.values());
    }

    /** The newest text for each prompt. */
    public List<TextSample> lastSamples() {
        return List.copyOf(lastSamples.values());
    }
}
