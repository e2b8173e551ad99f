package org.alluvium.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.config.EvalConfig;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.event.Event;
import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.DeviceMemory;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import org.alluvium.trainer.copy.WeightsCopy;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.event.TrainEvents;
import org.alluvium.trainer.fixture.BigramModel;
import org.alluvium.trainer.fixture.KeptEvents;
import org.alluvium.trainer.fixture.ListFeed;
import org.alluvium.trainer.fixture.PretendedDevice;
import org.alluvium.trainer.fixture.TinyVocabulary;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.model.Transformer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {

    private static final ModelShape SHAPE = BigramModel.shape(20, 8);
    private static final List<TrainingDocument> DOCUMENTS = IntStream.range(0, 30)
            .mapToObj(i -> ListFeed.document(
                    "d" + i, IntStream.range(0, 7).map(t -> (i + t) % 20).toArray(), i))
            .toList();

    @TempDir
    private Path folder;

    private final KeptEvents events = new KeptEvents();
    private final BigramModel model = new BigramModel(SHAPE);

    @BeforeEach
    void initialize() {
        model.initialize(1);
    }

    @Test
    void whereAnEvaluationTakesPlaceChangesNothing() {
        try (Evaluating evaluator = evaluator("between_steps", () -> DOCUMENTS)) {
            evaluator.afterStep(2);
        }
        try (Evaluating evaluator = evaluator("background", () -> DOCUMENTS)) {
            evaluator.afterStep(2);
            evaluator.atEnd(2);
        }

        assertThat(events.of("eval")).hasSize(2);
        assertThat(events.of("eval").getFirst().number("heldOutDocuments", 0)).isEqualTo(30);
        assertThat(events.of("eval").getFirst().fields())
                .isEqualTo(events.of("eval").getLast().fields());
    }

    @Test
    void aCopyThatCannotLearnAnswersLikeTheModel() {
        ModelShape shape = new ModelShape(20, 8, 2, 16, 2, 1, 24, 10000, 1e-5, true);
        TrainConfig.Backend backend = TrainConfig.Backend.AUTO;
        TrainConfig.Precision precision = TrainConfig.Precision.AUTO;
        try (TrainableModel trained = TrainableModels.create(shape, TrainingSetup.of(2), backend, precision, 2)) {
            trained.initialize(1);
            for (String place : List.of("between_steps", "background")) {
                try (Evaluating evaluator = evaluating(
                        place,
                        trained,
                        () -> TrainableModels.create(shape, TrainingSetup.toEvaluate(1), backend, precision, 1),
                        () -> DOCUMENTS)) {
                    evaluator.afterStep(2);
                    evaluator.atEnd(2);
                }
            }
        }

        assertThat(steps("eval")).containsExactly(2, 2);
        assertThat(bitsPerByte(0)).isEqualTo(bitsPerByte(1));
    }

    @Test
    void whatADeviceTrainsIsAnsweredByTheCopyAlsoInTheEnd() {
        ModelShape shape = new ModelShape(20, 8, 2, 16, 2, 1, 24, 10000, 1e-5, true);
        DeviceMemory memory = new DeviceMemory(1L << 30, "all it has", 0);
        Backend device =
                PretendedDevice.on(PretendedDevice.device("card"), memory, new ReferenceBackend(Precision.SINGLE));
        TrainConfig.Precision precision = TrainConfig.Precision.FP32;
        try (TrainableModel trained = new Transformer(shape, TrainingSetup.of(2), device)) {
            trained.initialize(1);
            try (Evaluating evaluator = evaluating(
                    "background",
                    trained,
                    () -> TrainableModels.create(
                            shape, TrainingSetup.toEvaluate(1), TrainConfig.Backend.CPU, precision, 1),
                    () -> DOCUMENTS)) {
                evaluator.afterStep(2);
                evaluator.atEnd(3);
            }
        }

        assertThat(steps("eval")).containsExactly(2, 3);
    }

    @Test
    void trainingGoesOnWhileTheWeightsOfAStepAreEvaluated() {
        CountDownLatch trained = new CountDownLatch(1);
        try (Evaluating evaluator = evaluator("background", () -> awaiting(trained))) {
            evaluator.afterStep(2);
            model.initialize(2);
            evaluator.afterStep(3);
            trained.countDown();
            evaluator.atEnd(3);
        }
        model.initialize(1);
        evaluator("between_steps", () -> DOCUMENTS).afterStep(2);

        assertThat(steps("eval")).containsExactly(2, 3, 2);
        assertThat(bitsPerByte(0)).isEqualTo(bitsPerByte(2));
        assertThat(bitsPerByte(1)).isNotEqualTo(bitsPerByte(0));
    }

    @Test
    void whatIsDueMeanwhileIsDoneAsSoonAsThereIsTime() {
        CountDownLatch passed = new CountDownLatch(1);
        try (Evaluating evaluator = evaluator("background", () -> awaiting(passed))) {
            evaluator.afterStep(2);
            evaluator.afterStep(4);
            assertThat(steps("eval")).isEmpty();
            passed.countDown();
            for (int step = 5; steps("eval").size() < 2; step++) {
                evaluator.afterStep(step);
            }
        }

        assertThat(steps("eval")).startsWith(2).hasSizeGreaterThanOrEqualTo(2);
        assertThat(steps("eval").get(1)).isGreaterThan(4);
    }

    @Test
    void theLastStepIsEvaluatedOnce() {
        try (Evaluating evaluator = evaluator("between_steps", () -> DOCUMENTS)) {
            evaluator.atStart();
            evaluator.afterStep(1);
            evaluator.afterStep(2);
            evaluator.atEnd(2);
        }
        try (Evaluating evaluator = evaluator("background", () -> DOCUMENTS)) {
            evaluator.afterStep(3);
            evaluator.atEnd(3);
        }

        assertThat(steps("eval")).containsExactly(2, 3);
        assertThat(events.of("evaluation"))
                .extracting(event -> event.text("kinds"))
                .containsOnly("[held_out]");
    }

    @Test
    void anEvaluationThatNobodyWantsAnyMoreIsAbandoned() {
        List<TrainingDocument> endless = new AbstractList<>() {
            @Override
            public TrainingDocument get(int index) {
                return DOCUMENTS.get(index % DOCUMENTS.size());
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };
        Evaluating evaluator = evaluator("background", () -> endless);
        evaluator.afterStep(2);
        evaluator.close();

        assertThat(steps("eval")).isEmpty();
        assertThat(events.of("evaluation")).isEmpty();
    }

    @Test
    void anEvaluationThatFailsIsReportedAndTheNextOneTried() {
        Supplier<List<TrainingDocument>> damaged = () -> {
            throw new DataException("the shard is damaged", "shard", "Restore it");
        };
        try (Evaluating evaluator = evaluator("background", damaged)) {
            evaluator.afterStep(2);
            evaluator.atEnd(3);
        }

        assertThat(events.of("error"))
                .extracting(event -> event.text("what"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("evaluation of step 2"),
                        second -> assertThat(second).contains("evaluation of step 3"));
    }

    @Test
    void aDefectInAnEvaluationReachesTheTrainingThread() {
        Supplier<List<TrainingDocument>> defect = () -> {
            throw new IllegalStateException("defect");
        };
        try (Evaluating evaluator = evaluator("background", defect)) {
            evaluator.afterStep(2);
            assertThatThrownBy(() -> evaluator.atEnd(2)).isInstanceOf(IllegalStateException.class);
        }
        Evaluating stopped = evaluator("background", defect);
        stopped.afterStep(2);
        assertThatThrownBy(stopped::close).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theCopyIsClosedAndTheModelIsNot() {
        BigramModel copy = new BigramModel(SHAPE);
        evaluating("background", model, () -> copy, () -> DOCUMENTS).close();

        assertThat(copy.isClosed()).isTrue();
        assertThat(model.isClosed()).isFalse();
    }

    private Evaluating evaluator(String place, Supplier<List<TrainingDocument>> heldOut) {
        return evaluating(place, model, () -> new BigramModel(SHAPE), heldOut);
    }

    private Evaluating evaluating(
            String place,
            TrainableModel trained,
            Supplier<TrainableModel> copies,
            Supplier<List<TrainingDocument>> heldOut) {
        WeightsCopy copy = new WeightsCopy(copies);
        return new Evaluating(
                copy, Evaluator.of(config(place), trained, copy, material(heldOut), trainEvents(), () -> 0));
    }

    /** An evaluator, and the copy that it asks. */
    private record Evaluating(WeightsCopy copy, Evaluator evaluator) implements AutoCloseable {

        void atStart() {
            evaluator.atStart();
        }

        void afterStep(long step) {
            evaluator.afterStep(step);
        }

        void atEnd(long step) {
            evaluator.atEnd(step);
        }

        @Override
        public void close() {
            copy.close();
        }
    }

    private TrainEvents trainEvents() {
        return new TrainEvents(events);
    }

    private EvaluationMaterial material(Supplier<List<TrainingDocument>> heldOut) {
        return new EvaluationMaterial(
                heldOut, Optional.empty(), List.of(), Prompts.none(TinyVocabulary.of(folder, 20)));
    }

    private EvalConfig config(String place) {
        List<String> overrides =
                List.of("train.eval.place=" + place, "train.eval.everySteps=2", "train.eval.sampleEverySteps=0");
        return ConfigLoader.parse("{}", "test", folder, overrides).train().eval();
    }

    /** Documents that are there once the latch is open. */
    private static List<TrainingDocument> awaiting(CountDownLatch latch) {
        try {
            latch.await();
            return DOCUMENTS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<Integer> steps(String type) {
        return events.of(type).stream()
                .map(event -> (int) event.number("step", -1))
                .toList();
    }

    private double bitsPerByte(int index) {
        Event event = events.of("eval").get(index);
        return event.number("heldOutBitsPerByte", Double.NaN);
    }
}
