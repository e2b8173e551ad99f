package org.alluvium.trainer.branch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.config.OptimizerConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.optim.Schedule;

/**
 * A side run that takes the newest checkpoint of a run whose learning rate is constant, and decays it over so many steps
 * (Hägele et al., arXiv 2405.18392: as good as a run that was planned to end there). It is a run like any other, in the
 * folder {@code branches/step-…-decay-…} of the run it comes from, and begins with a copy of the checkpoint and of the journal
 * up to it; so it takes the very steps that the run would have taken if it had been configured to end. Its last checkpoint is
 * the release.
 *
 * @param layout of the side run
 * @param from steps that both runs share
 * @param steps of the decay
 */
public record DecayBranch(RunLayout layout, long from, long steps) {

    /**
     * The newest branch of so many steps that is not at its end, or a new one from the run's newest checkpoint.
     *
     * @throws ConfigException if the run's learning rate is not constant at its newest checkpoint
     * @throws UnavailableException if the run has no checkpoint
     * @throws StorageException if the checkpoint cannot be copied
     */
    public static DecayBranch of(TrainConfig train, long steps) {
        RunLayout run = new RunLayout(train.run());
        Optional<DecayBranch> unfinished = unfinished(run, steps);
        return unfinished.isPresent() ? unfinished.get() : begin(run, train, steps);
    }

    /** What the configuration must say instead, as {@code key=value}, for the run to be this branch. */
    public List<String> overrides() {
        return List.of(
                "train.run=" + layout.root(),
                "train.steps=" + (from + steps),
                "train.optimizer.decaySteps=" + steps,
                "train.archive=", // which is the run's
                "train.monitor.port=0"); // the run itself may be at work, and listen
    }

    private static Optional<DecayBranch> unfinished(RunLayout run, long steps) {
        return run.allBranches().stream()
                .flatMap(layout -> RunLayout.stepOfBranch(layout.root(), steps).stream()
                        .mapToObj(from -> new DecayBranch(layout, from, steps)))
                .sorted(Comparator.comparingLong(DecayBranch::from).reversed())
                .filter(DecayBranch::isUnfinished)
                .findFirst();
    }

    private boolean isUnfinished() {
        List<Path> checkpoints = new CheckpointFolder(layout).paths();
        return !checkpoints.isEmpty()
                && RunLayout.stepOf(checkpoints.getFirst()).orElseThrow() < from + steps;
    }

    private static DecayBranch begin(RunLayout run, TrainConfig train, long steps) {
        Checkpoint newest = new CheckpointFolder(run)
                .newest()
                .checkpoint()
                .orElseThrow(() -> new UnavailableException(
                        "the run has no checkpoint to branch from",
                        run.checkpoints().toString(),
                        "Train until there is one"));
        requireConstantRate(train, newest);
        DecayBranch branch = new DecayBranch(run.branch(newest.step(), steps), newest.step(), steps);
        branch.layout.create();
        branch.copyJournal(run.journal(), newest.state().progress().journalBytes());
        branch.copy(newest);
        return branch;
    }

    private static void requireConstantRate(TrainConfig train, Checkpoint newest) {
        long step = newest.step();
        boolean falls = train.optimizer().schedule() == OptimizerConfig.Schedule.COSINE;
        String phase = new Schedule(train.optimizer(), train.steps()).phase(step);
        if (falls || !phase.equals("stable")) {
            throw new ConfigException(
                    "after step " + step + " the learning rate is not constant, but in its "
                            + (falls ? "cosine" : phase),
                    "train.optimizer",
                    "Branch from a run with train.optimizer.schedule wsd, after its warmup and before its own decay");
        }
    }

    /** The part that both runs share. It comes before the checkpoint, without which there is no branch. */
    private void copyJournal(Path journal, long bytes) {
        try (InputStream in = Files.newInputStream(journal);
                OutputStream out = Files.newOutputStream(layout.journal())) {
            if (copy(in, out, bytes) != bytes) {
                throw new IOException("the journal ends before byte " + bytes);
            }
        } catch (IOException e) {
            throw StorageException.of("copy the journal", journal, e);
        }
    }

    private static long copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = bytes;
        int read = 0;
        while (left > 0 && read >= 0) {
            read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read > 0) {
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        return bytes - left;
    }

    private void copy(Checkpoint checkpoint) {
        try (AtomicDirectory folder = AtomicDirectory.begin(layout.checkpoint(from));
                Stream<Path> files = Files.list(checkpoint.path())) {
            for (Path file : files.filter(file -> !file.endsWith(CheckpointManifest.NAME))
                    .toList()) {
                Files.copy(file, folder.path().resolve(file.getFileName()));
            }
            folder.publish();
        } catch (IOException e) {
            throw StorageException.of("copy the checkpoint", checkpoint.path(), e);
        }
    }
}
