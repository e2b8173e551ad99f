package org.alluvium.flink.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness declares that closing may throw anything
class JudgeOperatorTest {

    @Test
    void whatTheFiltersLeaveIsHashed() throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> judge = harness(TextFilters::open)) {
            judge.open();

            judge.processElement(new Outcome.Unjudged(document("my secret word"), true, 7, Map.of()), 0);

            assertThat(judge.extractOutputValues())
                    .containsExactly(
                            new Outcome.Candidate(ContentHasher.v1("my *** word"), document("my *** word"), true, 7));
        }
    }

    @Test
    void aRejectedDocumentSaysWhyAndWhatWasMeasured() throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> judge = harness(TextFilters::open)) {
            judge.open();

            judge.processElement(new Outcome.Unjudged(document("alone"), true, 7, Map.of()), 0);

            Reject reject = new Reject(
                    ContentHasher.v1("alone"),
                    document("alone"),
                    5,
                    "length",
                    "too_few_words",
                    "",
                    List.of(Finding.atLeast("too_few_words", 1, 2)));
            assertThat(judge.extractOutputValues()).containsExactly(new Outcome.Rejected(reject, true, true));
        }
    }

    @Test
    void whatIsNotInTheSampleGoesOnWithoutItsText() throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> judge = harness(TextFilters::open)) {
            judge.open();

            judge.processElement(new Outcome.Unjudged(document("alone"), true, 7, Map.of()), 0);
            judge.processElement(new Outcome.Unjudged(document("alone"), true, 8, Map.of()), 0);

            assertThat(judge.extractOutputValues()).element(1).isInstanceOfSatisfying(Outcome.Rejected.class, again -> {
                assertThat(again.stored()).isFalse();
                assertThat(again.hash()).isEqualTo(ContentHasher.v1("alone"));
                assertThat(again.reject().cause()).isEqualTo("length.too_few_words");
                assertThat(again.document().text()).isEmpty();
            });
        }
    }

    @Test
    void whatIsNoDocumentPassesAsItIs() throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> judge = harness(TextFilters::open)) {
            judge.open();
            Outcome progress = new Outcome.Progress(0, 3, Map.of());

            judge.processElement(progress, 0);

            assertThat(judge.extractOutputValues()).containsExactly(progress);
        }
    }

    @Test
    void editsAreSaidOnceBeforeTheBarrierThoseOfRejectedDocumentsToo() throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> judge = harness(TextFilters::open)) {
            judge.open();
            judge.processElement(new Outcome.Unjudged(document("secret and secret"), false, 0, Map.of()), 0);
            judge.processElement(new Outcome.Unjudged(document("secret"), false, 0, Map.of("repair.control", 2L)), 0);

            judge.prepareSnapshotPreBarrier(1);
            judge.prepareSnapshotPreBarrier(2);

            assertThat(judge.extractOutputValues())
                    .filteredOn(Outcome.Edited.class::isInstance)
                    .containsExactly(new Outcome.Edited(0, Map.of("repair.control", 2L, "stars.secret", 3L)));
        }
    }

    @Test
    void filtersThatCannotBeOpenedFailTheJobForGood() throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> judge = harness(() -> {
            throw new ConfigException("there is no such list", "filters.url", "Name one that is there");
        })) {
            assertThatThrownBy(judge::open).isInstanceOf(SuppressRestartsException.class);
        }
    }

    private static OneInputStreamOperatorTestHarness<Outcome, Outcome> harness(ChainFactory filters) throws Exception {
        OneInputStreamOperatorTestHarness<Outcome, Outcome> harness =
                new OneInputStreamOperatorTestHarness<>(new JudgeOperator(filters, 1));
        harness.setup(OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    private static Document document(String text) {
        return new Document("id", "s", "f@1", Optional.empty(), text, 5, Optional.empty(), Map.of());
    }
}
