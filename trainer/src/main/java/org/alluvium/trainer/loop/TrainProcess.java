package org.alluvium.trainer.loop;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.contracts.event.JsonlEventSink;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.backend.choice.BackendOptions;
import org.alluvium.trainer.checkpoint.Resume;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.monitor.TrainMonitor;
import org.alluvium.trainer.monitor.Vitals;
import org.alluvium.trainer.monitor.WatchedEvents;

/**
 * The training process: takes the run's lock, finds out where the run goes on, and trains until there is a reason to stop.
 * One process works on a run at a time.
 */
public final class TrainProcess {

    private final AlluviumConfig config;
    private final TrainOptions options;
    private final ModelFactory models;

    /** Makes the models of a run; their weights are set afterwards. */
    @FunctionalInterface
    public interface ModelFactory {

        /** Models on the backend of the configuration. */
        static ModelFactory ofConfiguration() {
            return new Backends();
        }

        /** The model that is trained. */
        TrainableModel create(ModelShape shape, TrainingSetup setup, TrainConfig train);

        /** A model for batches of one row that is only evaluated, on the CPU, with weights copied from the other. */
        default TrainableModel createToEvaluate(TrainableModel trained, TrainConfig train) {
            return create(trained.shape(), TrainingSetup.of(1), train);
        }
    }

    private TrainProcess(AlluviumConfig config, TrainOptions options, ModelFactory models) {
        this.config = config;
        this.options = options;
        this.models = models;
    }

    /**
     * Trains as configured, and returns when training has ended and everything is written.
     *
     * @return {@link ExitCode#OK} if the last step or the end of the corpus was reached, or if a run without a last step was
     *     stopped; {@link ExitCode#INTERRUPTED} if one with a last step was stopped before it
     * @throws AlluviumException if training cannot begin or go on
     */
    public static ExitCode run(AlluviumConfig config, TrainOptions options) {
        return run(config, options, ModelFactory.ofConfiguration());
    }

    /** As above, with a model of the caller's choice. */
    public static ExitCode run(AlluviumConfig config, TrainOptions options, ModelFactory models) {
        return new TrainProcess(config, options, models).run();
    }

    @SuppressWarnings("try") // hook and lock are held, not used
    private ExitCode run() {
        RunLayout run = new RunLayout(config.train().run()).create();
        try (SignalHook hook = SignalHook.install(options);
                ProcessLock lock = ProcessLock.acquire(run.lock(), "train");
                EventSink sink = new JsonlEventSink(run.events(), options.clock())) {
            Vitals vitals =
                    new Vitals(System::nanoTime, options.clock(), config.train().run());
            return runReporting(run, new TrainEvents(new WatchedEvents(sink, vitals), vitals::beat), vitals);
        }
    }

    private ExitCode runReporting(RunLayout run, TrainEvents events, Vitals vitals) {
        Optional<TrainMonitor> monitor = Optional.empty();
        try (Archiving archiving = new Archiving(config, options, run, events)) {
            monitor = TrainMonitor.start(config.train().monitor(), vitals, new CertificateNotices(events));
            Vocabulary vocabulary = Vocabulary.of(config.tokenizer());
            List<String> restored = archiving.restore(config);
            Optional<GoingBack> back =
                    options.from().flatMap(from -> GoingBack.to(from, archiving, CorpusLayout.of(config)));
            Resume resume =
                    back.map(GoingBack::start).orElseGet(archiving::find).noting(restored);
            StartingPoint start = StartingPoint.of(config, vocabulary, resume);
            try (TrainableModel model =
                    models.create(start.shape(), TrainingSetup.of(config.model(), config.train()), config.train())) {
                return new TrainSession(config, options, models, archiving, events, vocabulary)
                        .train(model, resume, start, back);
            }
        } catch (RuntimeException | Error e) {
            events.failed("train", String.valueOf(e.getMessage()));
            throw e;
        } finally {
            monitor.ifPresent(TrainMonitor::close);
        }
    }

    /** Models on the backend of the configuration. */
    private static final class Backends implements ModelFactory {

        @Override
        public TrainableModel create(ModelShape shape, TrainingSetup setup, TrainConfig train) {
            return TrainableModels.create(shape, setup, train.backend(), BackendOptions.of(train));
        }

        /** A device does nothing but train; single precision on the CPU stands for any precision it may have. */
        @Override
        public TrainableModel createToEvaluate(TrainableModel trained, TrainConfig train) {
            boolean onDevice = trained.backend().device().isPresent();
            TrainConfig.Precision precision = onDevice ? TrainConfig.Precision.FP32 : train.precision();
            return TrainableModels.create(
                    trained.shape(),
                    TrainingSetup.toEvaluate(1),
                    onDevice ? TrainConfig.Backend.CPU : train.backend(),
                    new BackendOptions(train.eval().threads(), precision));
        }
    }
}
