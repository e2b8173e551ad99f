package org.alluvium.trainer.event;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.alluvium.trainer.checkpoint.CheckpointKind;

/**
 * The events of a training run, by type, in {@code events/train.jsonl}. Beside {@code time} and {@code type} they have:
 *
 * <pre>
 * start       the facts of the banner: parameters, tokensPerStep, backend, peakFlops, …
 * resume      step, path: the checkpoint the run goes on from; notes: what was found on the way
 * step        {@link StepFacts}
 * freshness   step, documents: how many learned from for the first time; eventToStep, ingestToStep, commitToStep: time from
 *             a document's event, its arrival and its commit to the end of that step, as p50Millis, p95Millis, p99Millis
 * waiting     reason: what has to happen first
 * eval        step, heldOutBitsPerByte, heldOutBytes, heldOutDocuments
 * sample      step, prompt, text
 * checkpoint  step, path, bytes, stallMillis, writeMillis, kind, deleted
 * error       what, message
 * stop        step, reason
 * </pre>
 *
 * Thread-safe, as the sink is.
 */
public final class TrainEvents {

    private static final double NANOS_PER_MILLI = 1e6;

    private final EventSink sink;

    public TrainEvents(EventSink sink) {
        this.sink = sink;
    }

    /** A process begins to work on the run. */
    public void started(Map<String, ?> facts) {
        sink.emit("start", facts);
    }

    /** The run goes on from a checkpoint. */
    public void resumed(long step, Path path, List<String> notes) {
        emit("resume", "step", step, "path", path.toString(), "notes", notes);
    }

    /** A step was taken. */
    public void stepped(StepFacts facts) {
        sink.emit("step", facts.fields());
    }

    /** So many documents were learned from for the first time; how long the legs of their way took, by name. */
    public void fresh(long step, long documents, Map<String, Quantiles> legs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step);
        fields.put("documents", documents);
        legs.forEach((leg, times) -> fields.put(leg, times.fields()));
        sink.emit("freshness", fields);
    }

    /** Training cannot go on until something happens. */
    public void waiting(String reason) {
        emit("waiting", "reason", reason);
    }

    /** Held-out documents were scored. */
    public void evaluated(long step, double bitsPerByte, long bytes, int documents) {
        emit(
                "eval",
                "step",
                step,
                "heldOutBitsPerByte",
                bitsPerByte,
                "heldOutBytes",
                bytes,
                "heldOutDocuments",
                documents);
    }

    /** A text was sampled; it includes the prompt. */
    public void sampled(long step, String prompt, String text) {
        emit("sample", "step", step, "prompt", prompt, "text", text);
    }

    /** A checkpoint is on disk. */
    public void checkpointed(CheckpointFacts facts) {
        emit(
                "checkpoint",
                "step",
                facts.step(),
                "path",
                facts.path().toString(),
                "bytes",
                facts.bytes(),
                "stallMillis",
                facts.stallNanos() / NANOS_PER_MILLI,
                "writeMillis",
                facts.writeNanos() / NANOS_PER_MILLI,
                "kind",
                facts.kind().name().toLowerCase(Locale.ROOT),
                "deleted",
                facts.deleted().stream().map(Path::toString).toList());
    }

    /** Something failed; the run may or may not go on. */
    public void failed(String what, String message) {
        emit("error", "what", what, "message", message);
    }

    /** The process stops working on the run. */
    public void stopped(long step, String reason) {
        emit("stop", "step", step, "reason", reason);
    }

    /** What there is to say of a checkpoint. */
    public record CheckpointFacts(
            long step,
            CheckpointKind kind,
            Path path,
            long bytes,
            long stallNanos,
            long writeNanos,
            List<Path> deleted) {}

    private void emit(String type, Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        sink.emit(type, fields);
    }
}
