package org.alluvium.trainer.loop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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
import org.alluvium.trainer.data.TakenDocuments;
import org.alluvium.trainer.journal.Journal;
import org.alluvium.trainer.journal.JournalTail;

/**
 * Makes a run go on from one of its earlier checkpoints, without what was taken down since. A line of the journal says so, which
 * makes what was recorded of later steps void; later checkpoints are then taken out of the way as after any going back.
 */
final class GoingBack {

    private GoingBack() {}

    /**
     * Goes back, unless the run did so before with the same takedowns: the same command may be given again after a kill.
     *
     * @param step of the checkpoint
     * @throws UnavailableException if there is no such checkpoint
     * @throws MismatchException if the run went back to before it since
     */
    static void to(long step, RunLayout run, CorpusLayout corpus) {
        Path folder = run.checkpoint(step);
        if (!Files.isDirectory(folder)) {
            throw new UnavailableException(
                    "the run has no checkpoint of step " + step + "; it has " + steps(run),
                    run.checkpoints().toString(),
                    "Name one of these, or begin another train.run");
        }
        Checkpoint checkpoint = Checkpoint.verified(folder);
        JournalTail tail = JournalTail.after(checkpoint.position(), run.journal());
        if (tail.undone()) {
            throw new MismatchException(
                    "the run went back to before step " + step + ", which is none of its steps any more",
                    folder.toString(),
                    "Name a checkpoint of " + steps(run) + ", or begin another train.run");
        }
        Takedowns takedowns = new CorpusFiles(corpus).takedowns();
        long through = takedowns.newestTakedown();
        boolean done = tail.taken()
                .filter(line -> line.afterStep() == step && line.through() == through)
                .isPresent();
        if (done) {
            return;
        }
        try (Journal journal = Journal.open(
                run.journal(),
                step,
                checkpoint.position().progress().journalBytes(),
                tail,
                new TakenDocuments(takedowns))) {
            journal.recordTakedown(through);
        }
    }

    private static String steps(RunLayout run) {
        List<String> steps = new CheckpointFolder(run)
                .paths().stream()
                        .map(RunLayout::stepOf)
                        .filter(OptionalLong::isPresent)
                        .map(OptionalLong::getAsLong)
                        .sorted(Comparator.naturalOrder())
                        .map(String::valueOf)
                        .toList();
        return steps.isEmpty() ? "none" : steps.stream().collect(Collectors.joining(", "));
    }
}
