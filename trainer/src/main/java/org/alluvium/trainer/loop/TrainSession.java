package org.alluvium.trainer.loop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigDigest;
import org.alluvium.contracts.config.ConfigValues;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.log.LogTrees;
import org.alluvium.contracts.log.ShardLog;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.export.TokenizerFiles;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointState;
import org.alluvium.trainer.checkpoint.CheckpointState.Identity;
import org.alluvium.trainer.checkpoint.ComputedBy;
import org.alluvium.trainer.checkpoint.Resume;
import org.alluvium.trainer.checkpoint.Retention;
import org.alluvium.trainer.checkpoint.RunPosition;
import org.alluvium.trainer.copy.WeightsCopy;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.data.Loader;
import org.alluvium.trainer.data.LogHead;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.data.ShardTail;
import org.alluvium.trainer.data.TakenDocuments;
import org.alluvium.trainer.data.TrainingOrder;
import org.alluvium.trainer.days.HeldOutDays;
import org.alluvium.trainer.eval.EvaluationMaterial;
import org.alluvium.trainer.eval.Evaluator;
import org.alluvium.trainer.eval.HeldOutSet;
import org.alluvium.trainer.eval.PrequentialMeter;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.guard.SpikeGuard;
import org.alluvium.trainer.journal.Journal;
import org.alluvium.trainer.journal.JournalTail;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.optim.Schedule;
import org.alluvium.trainer.probe.CheckpointProbes;
import org.alluvium.trainer.probe.ProbeText;
import org.alluvium.trainer.save.CheckpointPolicy;
import org.alluvium.trainer.save.CheckpointWriter;
import org.alluvium.trainer.save.Checkpointer;
import org.alluvium.trainer.save.RunCheckpoints;
import org.alluvium.trainer.step.FreshnessMeter;
import org.alluvium.trainer.step.GuardedStep;
import org.alluvium.trainer.step.StepFunction;
import org.alluvium.trainer.step.StepMeter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of a run together around a model, where its newest checkpoint says, and lets them work. */
final class TrainSession {

    private static final Logger LOG = LoggerFactory.getLogger(TrainSession.class);

    /** Steps that the loader prepares ahead: enough to ride out a slow shard, little enough to stay fresh. */
    private static final int PREFETCHED_STEPS = 4;

    private static final LongSupplier NANO_TIME = System::nanoTime;

    private final AlluviumConfig config;
    private final TrainConfig train;
    private final TrainOptions options;
    private final TrainProcess.ModelFactory models;
    private final RunLayout run;
    private final Archiving archiving;
    private final TrainEvents events;
    private final Vocabulary vocabulary;
    private final DocumentEnds ends;
    private final String configDigest;
    private final ShardLog log;
    private final ShardOpener opener;
    private final Schedule schedule;

    TrainSession(
            AlluviumConfig config,
            TrainOptions options,
            TrainProcess.ModelFactory models,
            Archiving archiving,
            TrainEvents events,
            Vocabulary vocabulary) {
        CorpusLayout corpus = CorpusLayout.of(config);
        this.config = config;
        this.train = config.train();
        this.options = options;
        this.models = models;
        this.run = archiving.run();
        this.archiving = archiving;
        this.events = events;
        this.vocabulary = vocabulary;
        this.ends =
                new DocumentEnds(config.tokenizer().addBos(), config.tokenizer().addEos());
        this.configDigest = ConfigDigest.of(config);
        this.log = StoreShardLog.of(corpus);
        this.opener = new ShardOpener(corpus, vocabulary, ends);
        this.schedule = new Schedule(train.optimizer(), train.steps());
    }

    /** Fills the model as it starts and trains it until the run ends. */
    ExitCode train(TrainableModel model, Resume resume, StartingPoint starting, Optional<GoingBack> back) {
        BatchPlan plan = BatchPlan.of(train, model.shape().context());
        resume.requireFits(identity(), plan, log);
        starting.fill(model);
        back.ifPresent(GoingBack::carryOut); // nothing is refused from here on
        Resume noted = resume.continuedBy(ComputedBy.of(model.backend()));
        Banner banner = Banner.of(model, plan);
        banner.print(options.out(), train, starting, noted.notes());
        TokenizerFiles.refusal(vocabulary)
                .ifPresent(reason -> LOG.warn("Checkpoints have no {}: {}", TokenizerFiles.JSON, reason));
        events.started(banner.facts(identity(), settings()));
        TrainingRun.End end = goOn(model, plan, noted, banner);
        while (end == TrainingRun.End.REWOUND || end == TrainingRun.End.TAKEN_DOWN) {
            end = goOn(model, plan, goBack(model, plan), banner);
        }
        return ended(end);
    }

    /** Waits for the archive, which may not take for ever; then the run has ended. */
    private ExitCode ended(TrainingRun.End end) {
        try {
            archiving.finish(end == TrainingRun.End.STOPPED);
            return exitCode(end);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the training thread was interrupted; request a stop instead", e);
    }

    /** What decides how the model learns, for whoever compares runs; nothing secret is in these sections. */
    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.putAll(ConfigValues.of("tokenizer", config.tokenizer()));
        settings.putAll(ConfigValues.of("model", config.model()));
        settings.putAll(ConfigValues.of("train", train));
        settings.putAll(ConfigValues.of("filters", config.filters()));
        settings.putAll(ConfigValues.of("dedup", config.dedup()));
        settings.putAll(ConfigValues.of("mixture", config.mixture()));
        return settings;
    }

    /** Fills the model once more, as the checkpoints that still count say. */
    private Resume goBack(TrainableModel model, BatchPlan plan) {
        Resume resume = archiving.find();
        resume.requireFits(identity(), plan, log);
        StartingPoint.of(config, vocabulary, resume).fill(model);
        return resume;
    }

    /** Goes on from where the model was put, until the run ends or has to go back. */
    private TrainingRun.End goOn(TrainableModel model, BatchPlan plan, Resume resume, Banner banner) {
        resume.checkpoint().ifPresent(found -> events.resumed(found.step(), found.path(), resume.notes()));
        JournalTail recorded = JournalTail.after(resume.position(), run.journal());
        RunPosition start = resume.position().knowing(recorded.rewinds());
        archiving.goOnFrom(start.step());
        ShardTail tail = ShardTail.open(opener, start.cursor().windowStart(), plan.selection());
        TakenDocuments taken = new TakenDocuments(opener.files().takedowns());
        TrainingOrder order = start.order(tail, opener, plan, taken);
        try (Journal journal = Journal.open(
                        run.journal(), start.step(), start.progress().journalBytes(), recorded, taken);
                LogHead head = LogHead.follow(
                        opener.corpus(), start.cursor().windowStart().sequence(), plan.selection());
                Aside aside = aside(model, plan, start.step());
                Loader loader = new Loader(order, PREFETCHED_STEPS);
                ExecutorService writer = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("checkpoint").factory());
                RunCheckpoints checkpoints = checkpoints(model, plan, start, writer, journal, aside.probes())) {
            noteMove(resume, recorded, model, journal);
            TrainingRun.Parts parts = new TrainingRun.Parts(
                    model,
                    new GuardedStep(new StepFunction(model, schedule, NANO_TIME), new SpikeGuard(train.guard())),
                    new StepSource(
                            loader, waitReason(tail, order, plan), events::waiting, aside::whileWaiting, NANO_TIME),
                    journal,
                    new StepMeter(banner.machine(), options.clock(), head::tokens),
                    new FreshnessMeter(options.clock(), events),
                    checkpoints,
                    new PrequentialMeter(train.eval().everySteps(), events),
                    aside.evaluator(),
                    aside.probes(),
                    () -> unknown(Math.max(head.takedown(), tail.takedown()), taken),
                    events);
            TrainingRun training = new TrainingRun(parts, start, options.stop(), train.steps(), NANO_TIME);
            TrainingRun.End end = training.run();
            if (end == TrainingRun.End.CORPUS_COMPLETE) {
                tail.elsewhere().ifPresent(this::noteFamily);
            }
            if (end != TrainingRun.End.REWOUND && end != TrainingRun.End.TAKEN_DOWN) {
                events.stopped(training.step(), end.words());
            }
            return end;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** A run that is complete is so for what it was told to read. */
    private void noteFamily(String whatToDo) {
        LOG.warn("Training is complete, but {}", whatToDo);
        events.alerted("family", whatToDo);
    }

    /** Steps that are taken again by another backend come out differently, and may. */
    private static void noteMove(Resume resume, JournalTail recorded, TrainableModel model, Journal journal) {
        String now = ComputedBy.of(model.backend()).words();
        String before = resume.checkpoint()
                .flatMap(Checkpoint::computedBy)
                .map(ComputedBy::words)
                .orElse(now);
        if (recorded.computedElsewhere(before, now)) {
            journal.moveTo(now);
        }
    }

    /** What is read for the next steps is read in the log's order, so none of later entries is learned before this is known. */
    private static OptionalLong unknown(long newest, TakenDocuments taken) {
        return newest > taken.takedowns().newestTakedown() ? OptionalLong.of(newest) : OptionalLong.empty();
    }

    private ExitCode exitCode(TrainingRun.End end) {
        return end == TrainingRun.End.STOPPED && train.steps() > 0 ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    private static Supplier<String> waitReason(ShardTail tail, TrainingOrder order, BatchPlan plan) {
        return () -> switch (tail.state()) {
            case LOG_EMPTY -> "log empty: nothing has been committed yet";
            case LOG_READ ->
                tail.elsewhere()
                        .orElse("window incomplete: " + order.gathered() + " of " + plan.window() + " documents");
            case READING -> "loading: documents are there and are being read";
        };
    }

    private RunCheckpoints checkpoints(
            TrainableModel model,
            BatchPlan plan,
            RunPosition start,
            ExecutorService executor,
            Journal journal,
            CheckpointProbes probes) {
        Checkpointer checkpointer = new Checkpointer(
                run,
                CheckpointWriter.toDisk(model.shape(), vocabulary, ends),
                new Checkpointer.Setting(
                        executor,
                        journal::force,
                        NANO_TIME,
                        new LogTrees(StoreShardLog.of(opener.corpus())),
                        new Retention(train.checkpoint().keepTemporary(), SpikeGuard.reach(train.guard())),
                        archiving::isInUse),
                new CheckpointReports(events, probes, archiving),
                model,
                start);
        return new RunCheckpoints(
                checkpointer,
                CheckpointPolicy.of(train.checkpoint()),
                new RunCheckpoints.Facts(plan, this::identity, schedule),
                new RunCheckpoints.Time(options.clock(), NANO_TIME));
    }

    private Evaluator evaluator(TrainableModel model, BatchPlan plan, WeightsCopy copy) {
        HeldOutSplit split = new HeldOutSplit(plan.heldOutPermille());
        HeldOutSet heldOut = new HeldOutSet(
                log, opener, split, plan.selection(), train.eval().heldOutDocuments());
        int ofDay = train.eval().documentsOfDay();
        Optional<HeldOutDays> days = ofDay == 0
                ? Optional.empty()
                : Optional.of(new HeldOutDays(log, opener, split, plan.selection(), ofDay));
        return Evaluator.of(
                train.eval(),
                model,
                copy,
                EvaluationMaterial.of(train.eval(), heldOut, days, vocabulary, ends, plan.context(), train.seed()),
                events,
                NANO_TIME);
    }

    private Identity identity() {
        return Identity.of(vocabulary, log, configDigest);
    }

    /** What is asked of the model out of training's way, and the copy of its weights that answers. */
    private record Aside(WeightsCopy copy, Evaluator evaluator, CheckpointProbes probes, TrainEvents events)
            implements AutoCloseable {

        void whileWaiting() {
            events.stillThere();
            probes.goOn();
        }

        @Override
        public void close() {
            copy.close();
        }
    }

    private Aside aside(TrainableModel model, BatchPlan plan, long step) {
        WeightsCopy copy = new WeightsCopy(() -> models.createToEvaluate(model, train));
        try {
            List<ProbeText> texts = ProbeText.of(train.probes().texts(), vocabulary, ends);
            CheckpointProbes probes = new CheckpointProbes(run, step, texts, vocabulary, copy, events);
            return new Aside(copy, evaluator(model, plan, copy), probes, events);
        } catch (RuntimeException | Error e) {
            copy.close();
            throw e;
        }
    }

    /** Makes events of what becomes of checkpoints. */
    private record CheckpointReports(TrainEvents events, CheckpointProbes probes, Archiving archiving)
            implements Checkpointer.Listener {

        @Override
        public void published(Checkpointer.Published published) {
            events.checkpointed(new TrainEvents.CheckpointFacts(
                    published.state().progress().step(),
                    published.state().kind(),
                    published.path(),
                    published.bytes(),
                    published.stallNanos(),
                    published.writeNanos(),
                    published.deleted()));
            probes.published(published.path());
            archiving.published();
        }

        @Override
        public void failed(CheckpointState state, AlluviumException error) {
            String what =
                    "checkpoint of step " + state.progress().step() + "; training goes on and the next one is tried";
            LOG.warn("No {}: {}", what, error.getMessage());
            events.alerted(what, error.getMessage());
        }
    }
}
