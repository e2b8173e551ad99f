package org.alluvium.flink.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness declares that closing may throw anything
class ExactDedupTest {

    private static final int MAX_PARALLELISM = 128;

    @Test
    void theFirstOfEqualTextsSurvivesAndEverythingElsePasses() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> dedup =
                harness(Duration.ZERO, 1, 0)) {
            dedup.open();
            Outcome progress = new Outcome.Progress(0, 3, Map.of());

            assertThat(send(dedup, document("a"), document("b"), document("a"), progress))
                    .containsExactly(document("a"), document("b"), duplicate("a"), progress);
        }
    }

    @Test
    void aTextIsForgottenWhenItsTimeIsUpCountedFromWhenItWasFirstSeen() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> dedup =
                harness(Duration.ofMillis(100), 1, 0)) {
            dedup.open();
            dedup.setStateTtlProcessingTime(0);
            send(dedup, document("a"));
            dedup.setStateTtlProcessingTime(60);
            assertThat(send(dedup, document("a"))).containsExactly(duplicate("a"));
            dedup.setStateTtlProcessingTime(101);
            assertThat(send(dedup, document("a"))).containsExactly(document("a"));
        }
    }

    @Test
    void withoutATimeToLiveNothingIsEverForgotten() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> dedup =
                harness(Duration.ZERO, 1, 0)) {
            dedup.open();
            send(dedup, document("a"));
            dedup.setStateTtlProcessingTime(Long.MAX_VALUE / 2);
            assertThat(send(dedup, document("a"))).containsExactly(duplicate("a"));
        }
    }

    @Test
    void whatWasSeenIsRememberedAcrossARescaleFromOneToTwo() throws Exception {
        OperatorSubtaskState snapshot;
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> one =
                harness(Duration.ofDays(1), 1, 0)) {
            one.open();
            for (int i = 0; i < 50; i++) {
                send(one, document("text " + i));
            }
            snapshot = one.snapshot(1, 1);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            outcomes.addAll(sendAllOfSubtask(snapshot, subtask));
        }

        assertThat(outcomes)
                .hasSize(60)
                .filteredOn(Outcome.Duplicate.class::isInstance)
                .hasSize(50);
    }

    @Test
    void aWithdrawnTextIsAcceptedAgainButOnlyIfItWasBroughtByWhoIsWithdrawn() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> dedup =
                harness(Duration.ZERO, 1, 0)) {
            dedup.open();
            Outcome.Candidate first = version("one", "a");
            Outcome.Candidate other = version("other", "a");
            Outcome forgetOther = new Outcome.Forget(other.hash(), other.identity());
            Outcome forgetFirst = new Outcome.Forget(first.hash(), first.identity());

            assertThat(send(dedup, first, other, forgetOther, first))
                    .containsExactly(first, duplicate("a"), forgetOther, duplicate("a"));
            assertThat(send(dedup, forgetFirst, first)).containsExactly(forgetFirst, first);
        }
    }

    private static List<Outcome> sendAllOfSubtask(OperatorSubtaskState snapshot, int subtask) throws Exception {
        OperatorSubtaskState own =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(snapshot, MAX_PARALLELISM, 1, 2, subtask);
        List<Outcome> outcomes = new ArrayList<>();
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> half =
                harness(Duration.ofDays(1), 2, subtask)) {
            half.initializeState(own);
            half.open();
            for (int i = 0; i < 60; i++) {
                Outcome document = document("text " + i);
                if (belongsTo(document, subtask)) {
                    outcomes.addAll(send(half, document));
                }
            }
        }
        return outcomes;
    }

    private static boolean belongsTo(Outcome document, int subtask) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(document.key(), MAX_PARALLELISM, 2) == subtask;
    }

    private static KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> harness(
            Duration timeToLive, int parallelism, int subtask) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new ExactDedup(timeToLive)),
                        Outcome::key,
                        ContentHashSerializer.TYPE,
                        MAX_PARALLELISM,
                        parallelism,
                        subtask);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
        harness.setup(OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    private static List<Outcome> send(
            KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> dedup, Outcome... outcomes)
            throws Exception {
        int before = dedup.extractOutputValues().size();
        for (Outcome outcome : outcomes) {
            dedup.processElement(outcome, 0);
        }
        List<Outcome> all = dedup.extractOutputValues();
        return all.subList(before, all.size());
    }

    private static Outcome document(String text) {
        Document document = new Document("id", "s", "f#1", Optional.empty(), text, 0, Optional.empty(), Map.of());
        return new Outcome.Candidate(ContentHasher.v1(text), document, false, 0);
    }

    private static Outcome.Candidate version(String id, String text) {
        Document document = new Document(id, "s", "f#1", Optional.empty(), text, 0, Optional.empty(), Map.of());
        return new Outcome.Candidate(ContentHasher.v1(text), document, true, 0);
    }

    private static Outcome duplicate(String text) {
        return new Outcome.Duplicate(ContentHasher.v1(text), Outcome.Duplicate.Kind.EXACT);
    }
}
