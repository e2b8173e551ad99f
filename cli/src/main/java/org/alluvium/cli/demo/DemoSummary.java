package org.alluvium.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.alluvium.cli.status.IngestProgress;
import org.alluvium.cli.status.TrainerProgress;
import org.alluvium.cli.view.DashboardSnapshot.TextSample;
import org.alluvium.cli.view.Units;

/** What came of the demo, in lines for a person. Pure functions. */
final class DemoSummary {

    private DemoSummary() {}

    /**
     * The whole summary.
     *
     * @param gzip bits per byte of {@code gzip -9} on the held-out text, where it could be compared
     * @param shown the demo's folder as the user would write it
     */
    static List<String> lines(IngestProgress ingest, TrainerProgress trainer, OptionalDouble gzip, Path shown) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(samples(trainer.firstSamples(), trainer.lastSamples()));
        lines.addAll(quality(trainer, gzip));
        lines.add(
                "%s documents in %s shards, %s tokens, %s; every one trained on at most once, in the order of the log."
                        .formatted(
                                Units.count(ingest.funnel().accepted()),
                                Units.count(ingest.shards()),
                                Units.count(ingest.tokens()),
                                Units.bytes(ingest.shardBytes())));
        lines.add("");
        lines.addAll(next(trainer.checkpoint(), shown));
        return lines;
    }

    private static List<String> samples(List<TextSample> first, List<TextSample> last) {
        List<String> lines = new ArrayList<>();
        for (TextSample newest : last) {
            Optional<TextSample> oldest = first.stream()
                    .filter(sample -> sample.prompt().equals(newest.prompt()) && sample.step() < newest.step())
                    .findFirst();
            lines.add("“" + newest.prompt() + " …”");
            oldest.ifPresent(sample -> lines.add(sampleLine(sample)));
            lines.add(sampleLine(newest));
            lines.add("");
        }
        return lines;
    }

    private static String sampleLine(TextSample sample) {
        return "  step %-6s %s"
                .formatted(
                        Units.count(sample.step()),
                        sample.text().replaceAll("\\s+", " ").strip());
    }

    private static List<String> quality(TrainerProgress trainer, OptionalDouble gzip) {
        if (trainer.heldOut().isEmpty()) {
            return List.of();
        }
        double bits = trainer.heldOut().get().bitsPerByte();
        String model = "%s bits per byte on %s of text it never saw"
                .formatted(Units.decimal(bits, 3), Units.bytes(trainer.heldOutBytes()));
        if (gzip.isEmpty()) {
            return List.of("The model needs " + model + ".");
        }
        return List.of("The model needs %s; gzip -9, after the same training text, needs %s. %s"
                .formatted(
                        model,
                        Units.decimal(gzip.getAsDouble(), 3),
                        bits < gzip.getAsDouble()
                                ? "The model is ahead."
                                : "gzip is still ahead: train for more steps."));
    }

    private static List<String> next(Optional<TrainerProgress.Saved> checkpoint, Path shown) {
        List<String> lines = new ArrayList<>();
        String config = shown.resolve("alluvium.yaml").toString();
        lines.add("What to try next:");
        checkpoint.ifPresent(saved -> lines.add("  ./alluvium generate --checkpoint %s --prompt 'Mr President,'"
                .formatted(shown.resolve("run")
                        .resolve("checkpoints")
                        .resolve(Path.of(saved.path()).getFileName()))));
        lines.add("  ./alluvium dashboard --config " + config);
        lines.add("  ./alluvium corpus stats --config " + config);
        lines.add("  ./alluvium checkpoint list --config " + config);
        lines.add("  ./alluvium demo --steps N     goes on from here; --fresh starts over");
        lines.add("Your own text: name its folder under 'sources' in a configuration like " + config
                + ", then ./alluvium up --config FILE");
        return lines;
    }
}
