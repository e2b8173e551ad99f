package org.alluvium.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.alluvium.trainer.fixture.ListFeed;
import org.alluvium.trainer.model.Batch;

class TrainingOrderPropertiesTest {

    @Property(tries = 200)
    void everyTokenOfEveryDocumentThatIsNotHeldOutIsAnInputExactlyOnceAndInOrder(
            @ForAll long seed, @ForAll @IntRange(max = 60) int count, @ForAll @IntRange(min = 1, max = 9) int cut) {
        BatchPlan plan = plan(seed);
        List<TrainingDocument> documents = documents(seed, count);
        List<StepBatch> steps = steps(documents, plan, cut, Cursor.START);

        TreeMap<String, List<Piece>> pieces = steps.stream()
                .flatMap(step -> step.pieces().stream())
                .collect(Collectors.groupingBy(piece -> piece.document().id(), TreeMap::new, Collectors.toList()));
        List<TrainingDocument> trained = documents.stream()
                .filter(document -> !new HeldOutSplit(plan.heldOutPermille()).holdsOut(document.contentHash()))
                .toList();

        assertThat(pieces.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        trained.stream().map(TrainingDocument::id).toList());
        for (TrainingDocument document : trained) {
            List<Piece> own = pieces.get(document.id());
            assertThat(own.getFirst().from()).isZero();
            assertThat(own.getLast().to()).isEqualTo(document.length());
            for (int i = 1; i < own.size(); i++) {
                assertThat(own.get(i).from()).isEqualTo(own.get(i - 1).to());
            }
            assertThat(own.stream().mapToInt(Piece::scoredTokens).sum()).isEqualTo(document.length() - 1);
            assertThat(own.stream().mapToLong(Piece::textBytes).sum())
                    .isEqualTo(document.length() == 1 ? 0 : document.textBytes());
        }
    }

    @Property(tries = 200)
    void batchesHoldThePiecesAndTheirBoundaries(@ForAll long seed, @ForAll @IntRange(max = 60) int count) {
        BatchPlan plan = plan(seed);
        int number = 0;
        for (StepBatch step : steps(documents(seed, count), plan, 5, Cursor.START)) {
            number++;
            List<Slot> expected = new ArrayList<>();
            for (Piece piece : step.pieces()) {
                int rowStart = 0;
                for (int token = piece.from(); token < piece.to(); token++) {
                    int column = expected.size() % plan.context();
                    rowStart = column == 0 ? 0 : token == piece.from() ? column : rowStart;
                    int[] ids = piece.document().ids();
                    int target = token + 1 < ids.length ? ids[token + 1] : Batch.NOT_SCORED;
                    expected.add(new Slot(ids[token], target, rowStart));
                }
            }
            int padding = expected.size();
            while (expected.size() < plan.tokensOfStep(number)) {
                boolean ownRow = expected.size() / plan.context() > (padding - 1) / plan.context();
                expected.add(new Slot(0, Batch.NOT_SCORED, ownRow ? 0 : padding % plan.context()));
            }
            assertThat(slots(step)).isEqualTo(expected);
            assertThat(step.batches().stream().mapToInt(Batch::scoredTokens).sum())
                    .isEqualTo(step.scoredTokens());
        }
    }

    @Property(tries = 100)
    void howTheLogIsCutChangesNothing(
            @ForAll long seed,
            @ForAll @IntRange(max = 60) int count,
            @ForAll @IntRange(min = 1, max = 60) int cut,
            @ForAll @IntRange(min = 1, max = 60) int otherCut) {
        List<TrainingDocument> documents = documents(seed, count);
        assertThat(contents(steps(documents, plan(seed), cut, Cursor.START)))
                .isEqualTo(contents(steps(documents, plan(seed), otherCut, Cursor.START)));
    }

    @Property(tries = 100)
    void readingOnFromAnyCursorYieldsWhatAnUninterruptedRunSaw(
            @ForAll long seed, @ForAll @IntRange(max = 60) int count, @ForAll @IntRange(min = 1, max = 9) int cut) {
        List<TrainingDocument> documents = documents(seed, count);
        List<StepBatch> steps = steps(documents, plan(seed), cut, Cursor.START);
        for (int i = 0; i < steps.size(); i++) {
            List<StepBatch> rest =
                    steps(documents, plan(seed), cut, steps.get(i).after(), i + 1, TrainingOrder.Omissions.NONE);
            assertThat(contents(rest)).isEqualTo(contents(steps.subList(i + 1, steps.size())));
            assertThat(rest.stream().map(StepBatch::after).toList())
                    .isEqualTo(steps.subList(i + 1, steps.size()).stream()
                            .map(StepBatch::after)
                            .toList());
        }
    }

    @Property(tries = 100)
    void whatIsLeftOutAfterAStepIsPassedOverWhereverReadingBegins(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(max = 6) int afterStep,
            @ForAll @IntRange(min = 2, max = 7) int every) {
        List<TrainingDocument> documents = documents(seed, count);
        TrainingOrder.Omissions omissions = (step, place, document) ->
                step > afterStep && document.contentHash().high() % every == 0;
        List<StepBatch> steps = steps(documents, plan(seed), 3, Cursor.START, 0, omissions);
        for (int i = 0; i < steps.size(); i++) {
            int step = i + 1;
            assertThat(steps.get(i).pieces()).noneMatch(piece -> omissions.leavesOut(step, 0, piece.document()));
            assertThat(contents(steps(documents, plan(seed), 3, steps.get(i).after(), step, omissions)))
                    .isEqualTo(contents(steps.subList(step, steps.size())));
        }
        List<String> others = documents.stream()
                .filter(document -> document.contentHash().high() % every != 0)
                .map(TrainingDocument::id)
                .toList();
        assertThat(tokensOf(others, steps)).isEqualTo(tokensOf(others, steps(documents, plan(seed), 3, Cursor.START)));
    }

    /** Input tokens by document. */
    private static Map<String, Integer> tokensOf(List<String> ids, List<StepBatch> steps) {
        return steps.stream()
                .flatMap(step -> step.pieces().stream())
                .filter(piece -> ids.contains(piece.document().id()))
                .collect(Collectors.groupingBy(
                        piece -> piece.document().id(), TreeMap::new, Collectors.summingInt(Piece::tokens)));
    }

    @Property(tries = 100)
    void aWindowIsShuffledWithinItself(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int size) {
        int[] order = WindowPermutation_v1.of(seed, 3, size);
        assertThat(IntStream.of(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, size).toArray());
    }

    private record Slot(int input, int target, int documentStart) {}

    private static List<Slot> slots(StepBatch step) {
        return step.batches().stream()
                .flatMap(batch -> IntStream.range(0, batch.inputs().length)
                        .mapToObj(i -> new Slot(batch.inputs()[i], batch.targets()[i], batch.documentStart()[i])))
                .toList();
    }

    private static List<List<Slot>> contents(List<StepBatch> steps) {
        return steps.stream().map(TrainingOrderPropertiesTest::slots).toList();
    }

    private static BatchPlan plan(long seed) {
        Random random = new Random(seed);
        return new BatchPlan(
                seed,
                1 + random.nextInt(20),
                150,
                1 + random.nextInt(3),
                8 + random.nextInt(9),
                1 + random.nextInt(3),
                ramp(random),
                Selection.DEFAULT);
    }

    private static BatchRamp ramp(Random random) {
        return random.nextBoolean() ? BatchRamp.NONE : new BatchRamp(1, random.nextInt(12));
    }

    private static List<TrainingDocument> documents(long seed, int count) {
        Random random = new Random(~seed);
        return IntStream.range(0, count)
                .mapToObj(i -> ListFeed.document(
                        "doc-" + i, random.ints(1 + random.nextInt(40), 0, 100).toArray(), random.nextLong()))
                .sorted(Comparator.comparing(TrainingDocument::id))
                .toList();
    }

    private static List<StepBatch> steps(List<TrainingDocument> documents, BatchPlan plan, int cut, Cursor from) {
        return steps(documents, plan, cut, from, 0, TrainingOrder.Omissions.NONE);
    }

    private static List<StepBatch> steps(
            List<TrainingDocument> documents,
            BatchPlan plan,
            int cut,
            Cursor from,
            long taken,
            TrainingOrder.Omissions omissions) {
        List<StepBatch> steps = new ArrayList<>();
        try (TrainingOrder order =
                new TrainingOrder(new ListFeed(documents, cut, from.windowStart()), plan, from, taken, omissions)) {
            Optional<StepBatch> step = order.next();
            while (step.isPresent()) {
                steps.add(step.get());
                step = order.next();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("a list does not wait", e);
        }
        return steps;
    }
}
