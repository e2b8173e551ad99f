package org.alluvium.trainer.event;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.alluvium.trainer.checkpoint.CheckpointKind;
import org.alluvium.trainer.days.DayScore;
import org.alluvium.trainer.days.Stratum;
import org.alluvium.trainer.guard.BlamedDocument;
import org.alluvium.trainer.guard.LeftOut;
import org.alluvium.trainer.score.PrequentialScores;
import org.alluvium.trainer.score.TextScore;
import org.alluvium.trainer.score.TextScores;
import org.alluvium.trainer.suite.SuiteScore;

/**
 * The events of a training run, by type, in {@code events/train.jsonl}. Beside {@code time} and {@code type} they have:
 *
 * <pre>
 * start       the facts of the banner: parameters, tokensPerStep, backend, peakFlops, …; settings: values of the configuration by
 *             their paths, such as train.steps; on an accelerator device: its index, name, type, platform, driver, runtime,
 *             memoryBytes, largestAllocationBytes, computeUnits; and deviceMemoryBytes, what the model takes of it
 * resume      step, path: the checkpoint the run goes on from; notes: what was found on the way
 * step        {@link StepFacts}
 * freshness   step, documents: how many learned from for the first time; eventToStep, ingestToStep, commitToStep: time from
 *             a document's event, its arrival and its commit to the end of that step, as p50Millis, p95Millis, p99Millis
 * waiting     reason: what has to happen first
 * eval        step, heldOutBitsPerByte, heldOutBytes, heldOutDocuments; bySource, byLanguage: for each name its bitsPerByte,
 *             bytes, documents
 * days        step, throughEntry: newest log entry that was there; byDay: for each day of publication, or longer period,
 *             and each of reading, the figures of its held-out documents as {@link DayScore#fields} names them
 * prequential step; bitsPerByte, bytes, documents of the whole run before they were learned from, recentBitsPerByte since the
 *             report before; bySource, byLanguage: the same for each name
 * suite       step, suite, questions, figures: accuracy and others by name
 * evaluation  step, kinds: what was asked after that step; stallMillis: how long training waited, millis: how long it took
 * sample      step, prompt, text
 * probe       step: of a checkpoint; figures of what it made of the run's probe texts, as
 *             {@link org.alluvium.trainer.probe.ProbeReport#figures} names them
 * checkpoint  step, path, bytes, stallMillis, writeMillis, kind, deleted
 * archive     step, bytes: of a checkpoint that is in the run's archive now; kind; millis: how long copying it took
 * spike       step, reason, action: skipped, rewound or accepted; documents: those that it is put down to, each with source,
 *             origin, id, contentHash, firstStep, lossPerToken; where the action is rewound, toStep: the run goes on after that
 *             step without these documents
 * takedown    step, through: from the next step on the run passes over what the log's takedowns select; through is
 *             the newest of them
 * alert       what, message: something is wrong, and the run goes on
 * error       what, message
 * stop        step, reason
 * </pre>
 *
 * Thread-safe, as the sink is.
 */
public final class TrainEvents {

    private static final double NANOS_PER_MILLI = 1e6;

    private final EventSink sink;
    private final Runnable beat;

    public TrainEvents(EventSink sink) {
        this(sink, () -> {});
    }

    /** @param beat called by {@link #stillThere} */
    public TrainEvents(EventSink sink, Runnable beat) {
        this.sink = sink;
        this.beat = beat;
    }

    /** Training waits as before, which is no event. */
    public void stillThere() {
        beat.run();
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
    public void evaluated(long step, TextScores scores) {
        emit(
                "eval",
                "step",
                step,
                "heldOutBitsPerByte",
                scores.all().bitsPerByte(),
                "heldOutBytes",
                scores.all().textBytes(),
                "heldOutDocuments",
                scores.all().documents(),
                "bySource",
                fields(scores.bySource()),
                "byLanguage",
                fields(scores.byLanguage()));
    }

    /** Held-out documents were scored by day of publication. */
    public void evaluatedByDay(long step, long throughEntry, SortedMap<Stratum, DayScore> scores) {
        Map<String, Object> byDay = new LinkedHashMap<>();
        scores.forEach((stratum, score) -> byDay.put(stratum.name(), score.fields()));
        emit("days", "step", step, "throughEntry", throughEntry, "byDay", byDay);
    }

    /** So well was told beforehand what the steps then learned from. */
    public void prequential(long step, PrequentialScores scores) {
        TextScores total = scores.total();
        TextScores recent = scores.recent();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step);
        fields.putAll(fields(total.all(), recent.all()));
        fields.put("bySource", fields(total.bySource(), recent.bySource()));
        fields.put("byLanguage", fields(total.byLanguage(), recent.byLanguage()));
        sink.emit("prequential", fields);
    }

    /** A suite's questions were answered. */
    public void answered(long step, SuiteScore score) {
        emit("suite", "step", step, "suite", score.suite(), "questions", score.questions(), "figures", score.figures());
    }

    /** What was begun after a step has ended; so long training waited for it, and so long it took. */
    public void evaluationEnded(long step, List<String> kinds, long stallNanos, long nanos) {
        emit(
                "evaluation",
                "step",
                step,
                "kinds",
                kinds,
                "stallMillis",
                stallNanos / NANOS_PER_MILLI,
                "millis",
                nanos / NANOS_PER_MILLI);
    }

    /** A text was sampled; it includes the prompt. */
    public void sampled(long step, String prompt, String text) {
        emit("sample", "step", step, "prompt", prompt, "text", text);
    }

    /** A checkpoint was asked about the run's probe texts; figures by their names. */
    public void probed(long step, Map<String, Object> figures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step);
        fields.putAll(figures);
        sink.emit("probe", fields);
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
                word(facts.kind()),
                "deleted",
                facts.deleted().stream().map(Path::toString).toList());
    }

    /** A checkpoint is in the run's archive. */
    public void archived(long step, long bytes, boolean permanent, Duration took) {
        CheckpointKind kind = permanent ? CheckpointKind.PERMANENT : CheckpointKind.TEMPORARY;
        emit("archive", "step", step, "bytes", bytes, "kind", word(kind), "millis", took.toMillis());
    }

    private static String word(CheckpointKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The guard found a step that must not, or not yet, be learned from. */
    public void spiked(long step, String reason, String action, List<BlamedDocument> documents) {
        emit("spike", "step", step, "reason", reason, "action", action, "documents", fields(documents));
    }

    /** The run goes back and leaves documents out. */
    public void rewound(LeftOut.Rewind rewind) {
        emit(
                "spike",
                "step",
                rewind.decidedAt(),
                "reason",
                rewind.reason(),
                "action",
                "rewound",
                "toStep",
                rewind.afterStep(),
                "documents",
                fields(rewind.documents()));
    }

    /** Documents are taken down: the run goes on after a step without them. */
    public void takenDown(long step, long through) {
        emit("takedown", "step", step, "through", through);
    }

    private static List<Map<String, Object>> fields(List<BlamedDocument> documents) {
        return documents.stream().map(TrainEvents::fields).toList();
    }

    private static Map<String, Object> fields(BlamedDocument document) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source", document.source());
        fields.put("origin", document.origin());
        fields.put("id", document.id());
        fields.put("contentHash", document.contentHash());
        fields.put("firstStep", document.firstStep());
        fields.put("lossPerToken", document.lossPerToken());
        return fields;
    }

    /** Something is wrong, and the run goes on. */
    public void alerted(String what, String message) {
        emit("alert", "what", what, "message", message);
    }

    /** Something failed, and the run ends with it. */
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

    private static Map<String, Object> fields(Map<String, TextScore> scores) {
        Map<String, Object> fields = new LinkedHashMap<>();
        scores.forEach((name, score) -> fields.put(name, fields(score)));
        return fields;
    }

    private static Map<String, Object> fields(Map<String, TextScore> totals, Map<String, TextScore> recent) {
        Map<String, Object> fields = new LinkedHashMap<>();
        totals.forEach((name, total) -> fields.put(name, fields(total, recent.getOrDefault(name, TextScore.NONE))));
        return fields;
    }

    private static Map<String, Object> fields(TextScore total, TextScore recent) {
        Map<String, Object> fields = fields(total);
        fields.put("recentBitsPerByte", recent.bitsPerByte());
        return fields;
    }

    private static Map<String, Object> fields(TextScore score) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bitsPerByte", score.bitsPerByte());
        fields.put("bytes", score.textBytes());
        fields.put("documents", score.documents());
        return fields;
    }

    private void emit(String type, Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        sink.emit(type, fields);
    }
}
