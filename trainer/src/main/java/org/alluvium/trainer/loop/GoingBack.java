package org.alluvium.trainer.loop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.contracts.takedown.Takedowns;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.Resume;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.data.TakenDocuments;
import org.alluvium.trainer.journal.Journal;
import org.alluvium.trainer.journal.JournalTail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a run go on from one of its earlier checkpoints, without what was taken down since. A line of the journal says so, which
 * makes what was recorded of later steps void; later checkpoints are then taken out of the way as after any going back. Nothing
 * is written before everything that can be refused was looked at, so that a mistake in the configuration undoes nothing.
 *
 * @param checkpoint where the run goes on
 * @param tail what the journal has after it
 * @param takedowns that hold from there on
 * @param archiving of the run
 */
record GoingBack(Checkpoint checkpoint, JournalTail tail, Takedowns takedowns, Archiving archiving) {

    private static final Logger LOG = LoggerFactory.getLogger(GoingBack.class);

    /**
     * Looks how the run can go back. Nothing changes but that the checkpoint may be fetched from the archive.
     *
     * @return empty if the run did so before, as its journal says: the same command may be given again, after a kill or much
     *     later, and goes on
     * @throws UnavailableException if there is no such checkpoint, or the log has no such takedown
     * @throws MismatchException if the run went back to before the checkpoint since
     */
    static Optional<GoingBack> to(TrainOptions.From from, Archiving archiving, CorpusLayout corpus) {
        Takedowns takedowns = new CorpusFiles(corpus).takedowns();
        from.through().ifPresent(through -> requireTakedown(through, takedowns, corpus));
        RunLayout run = archiving.run();
        if (isCarriedOut(from, run)) {
            LOG.info(
                    "The run went back to step {} before, and goes on; to go back once more, name a later takedown"
                            + " with --through",
                    from.step());
            return Optional.empty();
        }
        Path folder = run.checkpoint(from.step());
        if (!Files.isDirectory(folder) && !archiving.fetch(from.step())) {
            throw new UnavailableException(
                    "the run has no checkpoint of step " + from.step() + "; it has " + steps(run),
                    run.checkpoints().toString(),
                    "Name one of these, or begin another train.run");
        }
        Checkpoint checkpoint = Checkpoint.verified(folder);
        JournalTail tail = JournalTail.after(checkpoint.position(), run.journal());
        if (tail.undone()) {
            throw new MismatchException(
                    "the run went back to before step " + from.step() + ", which is none of its steps any more",
                    folder.toString(),
                    "Name a checkpoint of " + steps(run) + ", or begin another train.run");
        }
        return Optional.of(new GoingBack(checkpoint, tail, takedowns, archiving));
    }

    private static void requireTakedown(long through, Takedowns takedowns, CorpusLayout corpus) {
        if (takedowns.all().stream().noneMatch(takedown -> takedown.sequence() == through)) {
            throw new UnavailableException(
                    "the log has no takedown " + through + "; its newest is " + takedowns.newestTakedown(),
                    corpus.root().toString(),
                    "Name one that 'alluvium takedown' has reported");
        }
    }

    private static boolean isCarriedOut(TrainOptions.From from, RunLayout run) {
        return Files.exists(run.journal())
                && JournalTail.after(RunPosition.START, run.journal()).goneBack().stream()
                        .filter(line -> line.afterStep() == from.step())
                        .anyMatch(line -> line.through() >= from.through().orElse(line.through()));
    }

    /** Where the run will go on. */
    Resume start() {
        return new Resume(Optional.of(checkpoint), List.of());
    }

    /** Writes it down and takes later checkpoints out of the way. A kill in between leaves the latter to the next process. */
    void carryOut() {
        RunLayout run = archiving.run();
        archiving.requireSameRun(checkpoint.step());
        try (Journal journal = Journal.open(
                run.journal(),
                checkpoint.step(),
                checkpoint.position().progress().journalBytes(),
                tail,
                new TakenDocuments(takedowns))) {
            journal.recordGoingBack(takedowns.newestTakedown());
        }
        archiving.find();
    }

    private static String steps(RunLayout run) {
        List<Long> steps = new CheckpointFolder(run)
                .paths().stream()
                        .map(RunLayout::stepOf)
                        .flatMapToLong(OptionalLong::stream)
                        .sorted()
                        .boxed()
                        .toList();
        return steps.isEmpty() ? "none" : steps.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
