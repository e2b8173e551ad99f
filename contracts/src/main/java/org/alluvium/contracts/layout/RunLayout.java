package org.alluvium.contracts.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;

/**
 * The folder of a training run:
 *
 * <pre>
 * checkpoints/step-000000001200/    one folder per checkpoint, complete if it has a manifest
 * checkpoints/damaged-step-…        set aside since its digests do not fit; undone-step-…: since the run went back
 * probes/step-000000001200.json.gz  what a checkpoint made of the run's probe texts, also when it is gone
 * events/train.jsonl                what the trainer reports
 * journal.jsonl                     which documents each step learned from
 * index/                            where the journal names which document; derived, and made again if it is deleted
 * train.lock                        held by the running trainer
 * branches/step-000000001200-decay-300/    a side run, laid out as this one, that began with the checkpoint of that step
 * </pre>
 */
public record RunLayout(Path root) {

    private static final String DECAY = "-decay-%d";
    private static final Pattern CHECKPOINT = Pattern.compile("step-(\\d{12})");
    private static final String REPORT = ".json.gz";

    public RunLayout {
        root = root.toAbsolutePath().normalize();
    }

    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** The folder of the checkpoint after so many steps. */
    public Path checkpoint(long step) {
        return checkpoints().resolve(String.format(Locale.ROOT, "step-%012d", step));
    }

    /** The step in the name of a checkpoint's folder, or empty if it is not one. */
    public static OptionalLong stepOf(Path checkpoint) {
        Matcher matcher = CHECKPOINT.matcher(checkpoint.getFileName().toString());
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** The folder of what checkpoints made of probe texts. */
    public Path probes() {
        return root.resolve("probes");
    }

    /** What the checkpoint after so many steps made of them. */
    public Path probe(long step) {
        return probes().resolve(checkpoint(step).getFileName() + REPORT);
    }

    /** The step in the name of such a report, or empty if it is not one. */
    public static OptionalLong stepOfProbe(Path report) {
        String name = report.getFileName().toString();
        return name.endsWith(REPORT)
                ? stepOf(Path.of(name.substring(0, name.length() - REPORT.length())))
                : OptionalLong.empty();
    }

    public Path events() {
        return root.resolve("events").resolve("train.jsonl");
    }

    public Path journal() {
        return root.resolve("journal.jsonl");
    }

    public Path lock() {
        return root.resolve("train.lock");
    }

    /** The folder of side runs. */
    public Path branches() {
        return root.resolve("branches");
    }

    /** The side runs that there are, by their names. */
    public List<RunLayout> allBranches() {
        if (!Files.isDirectory(branches())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(branches())) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(RunLayout::new)
                    .toList();
        } catch (IOException e) {
            throw StorageException.of("list the branches", branches(), e);
        }
    }

    /** The side run that decays over so many steps from the checkpoint of a step. */
    public RunLayout branch(long step, long decaySteps) {
        return new RunLayout(
                branches().resolve(checkpoint(step).getFileName() + String.format(Locale.ROOT, DECAY, decaySteps)));
    }

    /** The step that a side run which decays over so many steps began with, or empty if the folder is not one. */
    public static OptionalLong stepOfBranch(Path folder, long decaySteps) {
        String name = folder.getFileName().toString();
        String ending = String.format(Locale.ROOT, DECAY, decaySteps);
        return name.endsWith(ending)
                ? stepOf(Path.of(name.substring(0, name.length() - ending.length())))
                : OptionalLong.empty();
    }

    /** Creates the folders that are missing. */
    public RunLayout create() {
        try {
            Files.createDirectories(checkpoints());
            Files.createDirectories(events().getParent());
        } catch (IOException e) {
            throw StorageException.of("create the folder of the run", root, e);
        }
        return this;
    }
}
