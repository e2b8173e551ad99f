package org.alluvium.trainer.loop;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.BackendInfo;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.checkpoint.CheckpointState.Identity;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.model.MemoryPlan;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.step.StepMeter;

/**
 * What a run is about to do, before it does anything: for people as a table, for programs as the fields of the {@code start}
 * event.
 *
 * @param shape of the model
 * @param plan of a step
 * @param memory that the model takes
 * @param backend what computes, and why
 * @param peakFlops the machine's best matrix product, measured, per second
 */
record Banner(ModelShape shape, BatchPlan plan, MemoryPlan memory, BackendInfo backend, double peakFlops) {

    private static final double GIGA = 1e9;

    static Banner of(TrainableModel model, BatchPlan plan) {
        MemoryPlan memory = model.memory();
        return new Banner(model.shape(), plan, memory, model.backend(), model.measurePeakFlops());
    }

    StepMeter.Machine machine() {
        return new StepMeter.Machine(shape.flopsPerToken(), peakFlops);
    }

    /** Prints the table. */
    void print(PrintStream out, TrainConfig train, StartingPoint start, List<String> notes) {
        lines(train, start, notes).forEach(out::println);
        out.flush();
    }

    private List<String> lines(TrainConfig train, StartingPoint start, List<String> notes) {
        String goal = train.steps() == 0 ? "until stopped, or the corpus is complete" : "to step " + train.steps();
        List<String> lines = new ArrayList<>();
        lines.add(line("run", train.run() + ", " + goal));
        lines.add(line("model", model()));
        lines.add(line("step", step()));
        lines.add(line("memory", memory.toString()));
        lines.add(line("backend", backend.toString()));
        backend.device().ifPresent(device -> lines.add(line("device", device.line())));
        lines.add(line(
                "MFU",
                "%.1f MFLOP a token x tokens/s / %.0f GFLOP/s (measured)"
                        .formatted(shape.flopsPerToken() / 1e6, peakFlops / GIGA)));
        lines.add(line(
                "starts", notes.isEmpty() ? start.words() : start.words() + " (" + String.join("; ", notes) + ")"));
        return lines;
    }

    private String model() {
        return "%,d parameters: L %d, C %d, H %d/%d, F %d, V %d, T %d%s"
                .formatted(
                        shape.parameterCount(),
                        shape.layers(),
                        shape.channels(),
                        shape.heads(),
                        shape.kvHeads(),
                        shape.hidden(),
                        shape.vocabulary(),
                        shape.context(),
                        shape.tiedEmbeddings() ? ", tied" : "");
    }

    private String step() {
        return "%,d tokens: B %d x T %d x %d, shuffled over %,d documents, %d/1000 held out"
                .formatted(
                        plan.tokensPerStep(),
                        plan.rows(),
                        plan.context(),
                        plan.accumulate(),
                        plan.window(),
                        plan.heldOutPermille());
    }

    private static String line(String name, String text) {
        return String.format(Locale.ROOT, "%-8s %s", name, text);
    }

    /** The fields of the {@code start} event; the settings are values of the configuration by their paths. */
    Map<String, Object> facts(Identity identity, Map<String, Object> settings) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("parameters", shape.parameterCount());
        facts.put("vocabulary", shape.vocabulary());
        facts.put("context", shape.context());
        facts.put("layers", shape.layers());
        facts.put("channels", shape.channels());
        facts.put("tokensPerStep", plan.tokensPerStep());
        facts.put("memoryBytes", memory.totalBytes());
        facts.put("backend", backend.toString());
        backend.device().ifPresent(device -> {
            facts.put("device", facts(device));
            facts.put("deviceMemoryBytes", memory.deviceBytes());
        });
        facts.put("flopsPerToken", shape.flopsPerToken());
        facts.put("peakFlops", peakFlops);
        facts.put("tokenizerDigest", identity.tokenizerDigest());
        facts.put("configDigest", identity.configDigest());
        facts.put("codeVersion", identity.codeVersion());
        facts.put("settings", settings);
        return facts;
    }

    private static Map<String, Object> facts(DeviceInfo device) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("index", device.index());
        facts.put("name", device.name());
        facts.put("type", device.type().name());
        facts.put("platform", device.platform());
        facts.put("driver", device.driver());
        facts.put("runtime", device.runtime());
        facts.put("memoryBytes", device.memoryBytes());
        facts.put("largestAllocationBytes", device.largestAllocationBytes());
        facts.put("computeUnits", device.computeUnits());
        return facts;
    }
}
