package org.alluvium.trainer.retake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigDigest;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.checkpoint.CheckpointState.Identity;
import org.alluvium.trainer.checkpoint.ComputedBy;
import org.alluvium.trainer.checkpoint.Resume;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.data.Loader;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.data.ShardTail;
import org.alluvium.trainer.data.StepBatch;
import org.alluvium.trainer.data.TakenDocuments;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.guard.SpikeGuard;
import org.alluvium.trainer.journal.JournalLine;
import org.alluvium.trainer.journal.JournalTail;
import org.alluvium.trainer.journal.RecordedSteps;
import org.alluvium.trainer.journal.Recurrence;
import org.alluvium.trainer.loop.StartingPoint;
import org.alluvium.trainer.loop.TrainProcess;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.optim.Schedule;
import org.alluvium.trainer.step.GuardedStep;
import org.alluvium.trainer.step.StepFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes steps of a run again, from the nearest checkpoint before a step up to that step, as the trainer would if it went on from
 * there: with the same model, order and guard, without what the journal says was left out, and without what is taken down today.
 * The difference is that nothing is written, and that every step must come out as the journal has it, bit for bit. A run
 * may go on meanwhile. Used by one thread.
 */
public final class Retake {

    private static final Logger LOG = LoggerFactory.getLogger(Retake.class);

    /** How long the loader may take before it is asked whether it has come to the end of the log. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private static final int PREFETCHED_STEPS = 2;

    private final AlluviumConfig config;
    private final TrainProcess.ModelFactory models;
    private final RunLayout run;
    private final Vocabulary vocabulary;
    private final ShardOpener opener;
    private final long step;

    private Retake(AlluviumConfig config, TrainProcess.ModelFactory models, long step) {
        DocumentEnds ends =
                new DocumentEnds(config.tokenizer().addBos(), config.tokenizer().addEos());
        this.config = config;
        this.models = models;
        this.run = new RunLayout(config.train().run());
        this.vocabulary = Vocabulary.of(config.tokenizer());
        this.opener = new ShardOpener(CorpusLayout.of(config), vocabulary, ends);
        this.step = step;
    }

    /** Told of what is to do before the first step, and of what is done after every one. */
    public interface Progress {

        /** So many steps will be taken. */
        LongConsumer begin(Optional<Path> checkpoint, long steps);
    }

    /**
     * Takes a step again, and those between a checkpoint and it.
     *
     * @param config the run was trained with
     * @param step a step that the run has taken, and not gone back from
     * @throws UnavailableException if it has not, or if a step on the way learned from what is taken down now
     * @throws MismatchException if vocabulary, plan, corpus or backend are not those of the run
     * @throws DataException if a step comes out otherwise than the journal has it; names the step and the fields
     */
    public static RetakenStep of(AlluviumConfig config, long step, Progress progress) {
        return of(config, TrainProcess.ModelFactory.ofConfiguration(), step, progress);
    }

    /** As above, with a model of the caller's choice. */
    public static RetakenStep of(
            AlluviumConfig config, TrainProcess.ModelFactory models, long step, Progress progress) {
        return new Retake(config, models, step).take(progress);
    }

    private RetakenStep take(Progress progress) {
        Resume resume = new Resume(checkpoint(), List.of());
        JournalTail tail = JournalTail.after(resume.position(), run.journal());
        long steps = step - resume.position().step();
        if (steps < 1 || steps > tail.valid().size()) {
            throw new UnavailableException(
                    "the journal has no step " + step + " that counts",
                    run.journal().toString(),
                    "Name a step that the run has taken, and has not gone back from");
        }
        TrainConfig train = config.train();
        StartingPoint start = StartingPoint.of(config, vocabulary, resume);
        try (TrainableModel model = models.create(start.shape(), TrainingSetup.of(config.model(), train), train)) {
            BatchPlan plan = BatchPlan.of(train, model.shape().context());
            ShardLog log = StoreShardLog.of(opener.corpus());
            resume.requireFits(Identity.of(vocabulary, log, ConfigDigest.of(config)), plan, log);
            requireSameBackend(resume, tail.valid().subList(0, Math.toIntExact(steps)), model);
            start.fill(model);
            Optional<Path> from = resume.checkpoint().map(Checkpoint::path);
            return takeSteps(model, plan, resume.position(), tail, new Told(from, steps, progress.begin(from, steps)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the thread was interrupted while it took steps again", e);
        }
    }

    /** What is known before the first step. */
    private record Told(Optional<Path> checkpoint, long steps, LongConsumer done) {}

    /** The newest one that does not know the step, is whole, and was not gone back from. */
    private Optional<Checkpoint> checkpoint() {
        CheckpointFolder folder = new CheckpointFolder(run);
        CheckpointFolder.Newest newest = folder.newestBefore(step);
        while (newest.checkpoint().filter(JournalTail.undoing(run.journal())).isPresent()) {
            newest = folder.newestBefore(newest.checkpoint().get().step());
        }
        newest.damaged().forEach(damaged -> LOG.warn("Passed over {}: {}", damaged.path(), damaged.problem()));
        return newest.checkpoint();
    }

    /** Bits are promised to those who compute with what computed then. */
    private void requireSameBackend(Resume resume, List<JournalTail.Line> lines, TrainableModel model) {
        Optional<String> atStart =
                resume.checkpoint().flatMap(Checkpoint::computedBy).map(ComputedBy::words);
        Set<String> before = lines.stream()
                .flatMap(line -> line.backend().or(() -> atStart).stream())
                .collect(Collectors.toSet());
        String now = ComputedBy.of(model.backend()).words();
        if (!before.isEmpty() && !before.equals(Set.of(now))) {
            throw new MismatchException(
                    "the steps up to " + step + " were computed by " + String.join(" and ", before)
                            + ", and this would be " + now + ", which has other bits",
                    run.journal().toString(),
                    "Ask where that computes, with train.backend, train.precision and train.device as they were");
        }
    }

    private RetakenStep takeSteps(TrainableModel model, BatchPlan plan, RunPosition stood, JournalTail tail, Told told)
            throws InterruptedException {
        RunPosition start = stood.knowing(tail.rewinds());
        Schedule schedule =
                new Schedule(config.train().optimizer(), config.train().steps());
        StepFunction function = new StepFunction(model, schedule, System::nanoTime);
        GuardedStep steps =
                new GuardedStep(function, new SpikeGuard(config.train().guard()));
        TakenDocuments taken = new TakenDocuments(opener.files().takedowns());
        ShardTail shards = ShardTail.open(opener, start.cursor().windowStart(), plan.selection());
        try (RecordedSteps recorded = RecordedSteps.of(run.journal(), start.step(), tail);
                Loader loader = new Loader(start.order(shards, opener, plan, taken), PREFETCHED_STEPS)) {
            GuardState guard = start.guard();
            while (true) {
                JournalLine line = recorded.next();
                StepBatch batch = next(loader, shards, line.step());
                GuardedStep.Taken again = steps.take(line.step(), batch, guard);
                requireAsRecorded(line, JournalLine.of(batch, again.result(), again.verdict()), taken);
                told.done().accept(line.step() - start.step());
                if (line.step() == step) {
                    return new RetakenStep(step, told.checkpoint(), told.steps(), batch, function.tokenLosses());
                }
                guard = again.next();
            }
        }
    }

    /** The data of a step, which a log that ends will not bring any more. */
    private StepBatch next(Loader loader, ShardTail shards, long number) throws InterruptedException {
        while (true) {
            boolean ended =
                    shards.state() != ShardTail.State.READING; // asked first: the loader has what was read by then
            Optional<Loader.Loaded> item = loader.poll(PATIENCE);
            if (item.isPresent() && item.get() instanceof Loader.Step loaded) {
                return loaded.batch();
            }
            if (ended || item.isPresent()) {
                throw new UnavailableException(
                        "the corpus ends before step " + number
                                + ": documents that it learned from are not there any more",
                        opener.corpus().toString(),
                        "Restore the corpus of the run, unless they were taken down");
            }
        }
    }

    private void requireAsRecorded(JournalLine recorded, JournalLine again, TakenDocuments taken) {
        long number = recorded.step();
        switch (Recurrence.of(recorded, again, taken.passedIn(number))) {
            case SAME -> {
                // which is what bits are for
            }
            case PASSING_OVER ->
                throw new UnavailableException(
                        "step " + number + " learned from what is taken down now, and cannot be taken again",
                        run.journal().toString(),
                        "Ask for steps before it, or for some that a later checkpoint leads to");
            case DIFFERENT ->
                throw new DataException(
                        "step " + number + " was taken again and came out otherwise than it is recorded: "
                                + String.join("; ", recorded.differences(again)),
                        run.journal().toString(),
                        "If configuration, corpus, release or device were changed since the run was there, ask with what it had then");
        }
    }
}
