package org.alluvium.trainer.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.copy.WeightsCopy;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.model.TrainableModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a {@link ProbeReport} of every checkpoint, out of training's way: the copy of the weights takes over those of the
 * checkpoint on disk, whenever nothing else is asked of it. So a report is about exactly the checkpoint beside it, and training
 * waits for none.
 *
 * <p>Whatever a kill leaves undone is done by the next process: a checkpoint without a report is owed one, and the newest report
 * is told once more, as a kill may have come between its file and its event. Used by the training thread, but for
 * {@link #published}.
 */
public final class CheckpointProbes {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointProbes.class);

    private final ProbeFolder folder;
    private final List<ProbeText> texts;
    private final Vocabulary vocabulary;
    private final WeightsCopy copy;
    private final TrainEvents events;
    private final Queue<Path> owed = new ConcurrentLinkedQueue<>();
    private long told; // the newest step with a report; the copy's thread's, once there is one

    /**
     * Clears away reports of steps that have not happened, and finds out what is owed.
     *
     * @param step where the run goes on
     * @param texts what models are asked about; if there are none, nothing is ever written
     */
    public CheckpointProbes(
            RunLayout run,
            long step,
            List<ProbeText> texts,
            Vocabulary vocabulary,
            WeightsCopy copy,
            TrainEvents events) {
        this.folder = new ProbeFolder(run);
        this.texts = List.copyOf(texts);
        this.vocabulary = vocabulary;
        this.copy = copy;
        this.events = events;
        folder.undoAfter(step);
        List<Long> reported = folder.steps();
        told = reported.isEmpty() ? -1 : reported.getLast();
        if (!texts.isEmpty()) {
            tellAgain();
        }
        new CheckpointFolder(run)
                .paths().reversed().stream()
                        .filter(path ->
                                !reported.contains(RunLayout.stepOf(path).orElseThrow()))
                        .forEach(this::published);
    }

    /** A checkpoint is on disk. For any thread. */
    public void published(Path checkpoint) {
        if (!texts.isEmpty()) {
            owed.add(checkpoint);
        }
    }

    /** Begins with what is owed if nothing else is asked of the copy. To be called now and then. */
    public void goOn() {
        if (!owed.isEmpty() && !copy.isBusy()) {
            Path next = owed.remove();
            copy.begin(() -> report(next));
        }
    }

    /** Waits until nothing is owed any more. */
    public void atEnd() {
        while (!owed.isEmpty()) {
            copy.awaitIdle();
            goOn();
        }
        copy.awaitIdle();
    }

    private void report(Path path) {
        try {
            Checkpoint checkpoint = Checkpoint.open(path);
            TrainableModel model = copy.model();
            checkpoint.restoreWeights(model);
            ProbeReport report = ProbeReport.of(checkpoint.step(), model, texts, vocabulary, copy::requireWanted);
            folder.write(report);
            tell(report);
        } catch (AlluviumException e) {
            if (CheckpointManifest.isIn(path)) { // else it was deleted to make room, and is owed nothing
                alert("probe report of " + path.getFileName(), e);
            }
        }
    }

    private void tellAgain() {
        try {
            folder.read(told).ifPresent(newest -> events.probed(newest.step(), newest.figures()));
        } catch (AlluviumException e) {
            alert("newest probe report", e);
        }
    }

    private void alert(String what, AlluviumException problem) {
        LOG.warn("No {}: {}", what, problem.getMessage());
        events.alerted(what + "; training goes on", problem.getMessage());
    }

    /** Series ascend; what was owed for long is not drawn after what is newer. */
    private void tell(ProbeReport report) {
        if (report.step() > told) {
            told = report.step();
            events.probed(report.step(), report.figures());
        }
    }
}
