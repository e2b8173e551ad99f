package org.alluvium.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.data.TrainingDocument;
import org.alluvium.trainer.days.Dated.By;
import org.alluvium.trainer.days.DayScore;
import org.alluvium.trainer.days.DocumentLoss;
import org.alluvium.trainer.days.Period;
import org.alluvium.trainer.days.Stratum;
import org.alluvium.trainer.fixture.ListFeed;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.score.TextScore;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Documents of 3 to 21 tokens, and a model that sees 8. */
class DayEvaluationTest {

    private static final ModelShape SHAPE = new ModelShape(20, 8, 2, 16, 2, 1, 24, 10000, 1e-5, true);
    private static final List<TrainingDocument> DOCUMENTS = IntStream.range(0, 30)
            .mapToObj(i -> ListFeed.document(
                    "d" + i,
                    IntStream.range(0, 3 + i * 7 % 19).map(t -> (i + t) % 20).toArray(),
                    i))
            .toList();

    @Test
    void whatIsLostOnDocumentsAddsUpToWhatIsLostOnAllOfThem() {
        try (TrainableModel model = model(1)) {
            List<DocumentLoss> losses = losses(model, DOCUMENTS).get(stratum(0));
            TextScore all =
                    new HeldOutEvaluation(model, () -> {}).score(DOCUMENTS).all();
            DayScore score = DayScore.of(losses);

            assertThat(losses).extracting(DocumentLoss::id).containsExactlyElementsOf(ids());
            assertThat(losses).extracting(DocumentLoss::textBytes).containsExactlyElementsOf(bytes());
            assertThat(score.tokens())
                    .isEqualTo(DOCUMENTS.stream()
                            .mapToLong(document -> document.length() - 1)
                            .sum());
            assertThat(score.bitsPerByte().value()).isCloseTo(all.bitsPerByte(), Offset.offset(1e-12));
            assertThat(score.lossPerToken().value() * score.tokens()).isCloseTo(all.lossSum(), Offset.offset(1e-9));
        }
    }

    @Test
    void otherDaysAndThreadsChangeNothing() {
        List<DocumentLoss> alone;
        List<DocumentLoss> beside;
        try (TrainableModel model = model(1)) {
            alone = losses(model, DOCUMENTS.subList(5, 20)).get(stratum(0));
        }
        try (TrainableModel model = model(3)) {
            beside = losses(model, DOCUMENTS.subList(0, 5), DOCUMENTS.subList(5, 20))
                    .get(stratum(1));
        }

        assertThat(beside).isEqualTo(alone);
    }

    @Test
    void aDifferenceIsThatOfEachDocument() {
        List<DocumentLoss> before = List.of(new DocumentLoss("a", 10, 40, 30), new DocumentLoss("b", 5, 20, 10));
        List<DocumentLoss> after = List.of(new DocumentLoss("a", 10, 40, 26), new DocumentLoss("b", 5, 20, 8));
        DayScore difference = DayScore.difference(before, after);

        assertThat(difference.lossPerToken().value()).isEqualTo(-0.4);
        assertThat(difference.lossPerToken().standardError()).isZero();
        assertThat(DayScore.of(after).lossPerToken().standardError()).isPositive();
        assertThat(difference.figures()).containsKeys("bitsPerByte", "standardError");
        assertThat(DayScore.difference(before.subList(0, 1), after.subList(0, 1))
                        .figures())
                .doesNotContainKey("standardError");
    }

    private static TrainableModel model(int threads) {
        TrainableModel model = TrainableModels.create(
                SHAPE, TrainingSetup.of(1), TrainConfig.Backend.CPU, TrainConfig.Precision.AUTO, threads);
        model.initialize(1);
        return model;
    }

    @SafeVarargs
    private static SortedMap<Stratum, List<DocumentLoss>> losses(TrainableModel model, List<TrainingDocument>... days) {
        SortedMap<Stratum, List<TrainingDocument>> strata = new TreeMap<>();
        for (int day = 0; day < days.length; day++) {
            strata.put(stratum(day), days[day]);
        }
        List<Long> progress = new ArrayList<>();
        SortedMap<Stratum, List<DocumentLoss>> losses =
                new DayEvaluation(model, () -> {}).losses(strata, progress::add);
        assertThat(progress).hasSize(days.length).isSorted();
        return losses;
    }

    private static Stratum stratum(int day) {
        LocalDate date = LocalDate.of(2026, 11, 1 + day);
        return new Stratum(By.PUBLISHED, new Period(date, date));
    }

    private static List<String> ids() {
        return DOCUMENTS.stream().map(TrainingDocument::id).toList();
    }

    private static List<Long> bytes() {
        return DOCUMENTS.stream().map(TrainingDocument::textBytes).toList();
    }
}
