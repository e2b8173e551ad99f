package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The {@code train} section. */
public record TrainConfig(
        @Key(doc = "Folder of the run: checkpoints, events and journal.", byDefault = "runs/main")
        Path run,

        @Key(
                doc =
                        "Where finished checkpoints, the journal, events and probe reports are copied to while training goes on: s3://bucket/prefix, or a folder. A run whose own folder has no checkpoint goes on from there. One run, one archive.",
                byDefault = "")
        Optional<Location> archive,

        @Key(
                doc =
                        "Longest time that a run which ends, or is told to stop, waits for its archive. What supervises it must grant the time of a step, of a checkpoint and this.",
                byDefault = "2m",
                min = 0)
        Duration archiveWithin,

        @Key(
                doc =
                        "Longest time that a run which begins waits for an archive that does not answer; then it ends with exit code 74. Without asking it cannot know whether another machine is ahead.",
                byDefault = "10m",
                min = 0)
        Duration archivePatience,

        @Key(
                doc =
                        "A published model of the Llama layout that a new run begins with: its folder, or its file of safetensors. It brings its shape with it; of the model section only context counts.",
                byDefault = "")
        Optional<Path> initFrom,

        @Key(doc = "Seed of initial weights, shuffling and sampling.", byDefault = "1")
        long seed,

        @Key(doc = "Optimizer steps after which the run is complete; 0 goes on for ever.", byDefault = "0", min = 0)
        long steps,

        @Key(doc = "Rows of a micro-batch (B).", byDefault = "8", min = 1, max = 65536)
        int batch,

        @Key(doc = "Micro-batches whose gradients are averaged into one step.", byDefault = "1", min = 1, max = 65536)
        int accumulate,

        @Key(doc = "Steps that grow.", byDefault = "{}") BatchRampConfig batchRamp,

        @Key(
                doc =
                        "Documents that are shuffled among each other before they are trained on; 1 keeps their order. A larger window mixes better and waits longer.",
                byDefault = "256",
                min = 1,
                max = 16777216)
        int shuffleWindow,

        @Key(
                doc =
                        "Shard families of the corpus that the run reads, as [main, b]; all of one vocabulary. Without any, the family that the corpus begins with.",
                byDefault = "[]")
        List<String> families,

        @Key(doc = "Documents that are trained on once more.", byDefault = "{}")
        ReplayConfig replay,

        @Key(doc = "How fresh documents have to be.", byDefault = "{}")
        FreshnessConfig freshness,

        @Key(
                doc = "Threads of the CPU backend; 0 takes every core. Results do not depend on it.",
                byDefault = "0",
                min = 0,
                max = 1024)
        int threads,

        @Key(
                doc =
                        "What computes: 'cpu', 'tornado' (an accelerator, by TornadoVM), 'reference' (plain loops, slow), or 'auto' for the fastest that is there.",
                byDefault = "auto")
        Backend backend,

        @Key(
                doc =
                        "Which device of TornadoVM: its number or a part of its name, as alluvium doctor lists them. Without it, the first GPU or else the first device.",
                byDefault = "")
        Optional<String> device,

        @Key(
                doc =
                        "What matrix products read: 'bf16', 'fp32', or 'auto' for BF16 where the CPU multiplies it natively, and FP32 on accelerators. They sum in FP32, and weights are kept in FP32, in any case.",
                byDefault = "auto")
        Precision precision,

        @Key(
                doc =
                        "What is computed again in the backward pass instead of being kept from the forward pass: 'none', or 'blocks', which takes about a quarter more time and keeps the activations of one layer only. Results do not depend on it.",
                byDefault = "none")
        Recompute recompute,

        @Key(doc = "The optimizer and its schedule.", byDefault = "{}")
        OptimizerConfig optimizer,

        @Key(doc = "Evaluation and samples while training.", byDefault = "{}")
        EvalConfig eval,

        @Key(doc = "When checkpoints are written and which are kept.", byDefault = "{}")
        CheckpointConfig checkpoint,

        @Key(doc = "What is done about steps that would harm the model.", byDefault = "{}")
        GuardConfig guard,

        @Key(doc = "What checkpoints are asked about while training.", byDefault = "{}")
        ProbesConfig probes,

        @Key(doc = "What the trainer answers over HTTP while it works.", byDefault = "{}")
        MonitorConfig monitor) {

    public TrainConfig {
        families = List.copyOf(families);
    }

    /** Whether there is a copy of the weights beside those that are trained. */
    public boolean keepsCopy() {
        return eval.inBackground() || !probes.texts().isEmpty();
    }

    /** What computes. */
    public enum Backend {
        AUTO,
        CPU,
        TORNADO,
        REFERENCE
    }

    /** What matrix products read. */
    public enum Precision {
        AUTO,
        BF16,
        FP32
    }

    /** What the backward pass computes again. */
    public enum Recompute {
        NONE,
        BLOCKS
    }
}
