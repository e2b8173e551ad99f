package org.alluvium.flink.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.document.DocumentChange.Kind;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness declares that closing may throw anything
class VersionsTest {

    private static final ContentHash ID = Outcome.identityOf("s", "id");

    @Test
    void anotherTextSupersedesTheVersionBefore() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> versions = harness(Duration.ZERO)) {
            versions.open();
            Outcome first = version("a", 1);
            Outcome second = version("b", 2);

            assertThat(send(versions, first, second))
                    .containsExactly(
                            first,
                            new Outcome.Forget(hash("a"), ID),
                            change(Kind.SUPERSEDED, Optional.of(hash("a")), 2),
                            second);
        }
    }

    @Test
    void theSameTextAgainIsNoNewVersion() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> versions = harness(Duration.ZERO)) {
            versions.open();

            assertThat(send(versions, version("a", 1), version("a", 2)))
                    .containsExactly(version("a", 1), version("a", 2));
        }
    }

    @Test
    void aDeletionNamesTheVersionItWithdrawsAndWhatComesLaterIsNew() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> versions = harness(Duration.ZERO)) {
            versions.open();
            send(versions, version("a", 1));

            assertThat(send(versions, change(Kind.DELETED, Optional.empty(), 2), version("a", 3)))
                    .containsExactly(
                            new Outcome.Forget(hash("a"), ID),
                            change(Kind.DELETED, Optional.of(hash("a")), 2),
                            version("a", 3));
        }
    }

    @Test
    void aDeletionOfWhatIsNotKnownIsSaidAllTheSame() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> versions = harness(Duration.ZERO)) {
            versions.open();
            Outcome deletion = change(Kind.DELETED, Optional.empty(), 1);

            assertThat(send(versions, deletion)).containsExactly(deletion);
        }
    }

    @Test
    void aVersionThatIsRejectedSupersedesLikeAnyOther() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> versions = harness(Duration.ZERO)) {
            versions.open();
            Outcome rejected = rejected("b", 2);

            assertThat(send(versions, version("a", 1), rejected, version("c", 3)))
                    .containsExactly(
                            version("a", 1),
                            new Outcome.Forget(hash("a"), ID),
                            change(Kind.SUPERSEDED, Optional.of(hash("a")), 2),
                            rejected,
                            new Outcome.Forget(hash("b"), ID),
                            change(Kind.SUPERSEDED, Optional.of(hash("b")), 3),
                            version("c", 3));
        }
    }

    @Test
    void documentsWithoutAnIdOfTheirOwnHaveNoVersions() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> versions = harness(Duration.ZERO)) {
            versions.open();
            Outcome a = new Outcome.Candidate(hash("a"), document("a", 1), false, 0);
            Outcome b = new Outcome.Candidate(hash("b"), document("b", 2), false, 0);

            assertThat(send(versions, a, b)).containsExactly(a, b);
        }
    }

    @Test
    void aVersionIsRememberedByASnapshotAndForgottenWhenItsTimeIsUp() throws Exception {
        OperatorSubtaskState snapshot;
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> versions =
                harness(Duration.ofMillis(100))) {
            versions.open();
            versions.setStateTtlProcessingTime(0);
            send(versions, version("a", 1));
            snapshot = versions.snapshot(1, 1);
        }
        try (KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> versions =
                harness(Duration.ofMillis(100))) {
            versions.initializeState(snapshot);
            versions.open();
            versions.setStateTtlProcessingTime(60);
            assertThat(send(versions, version("b", 2))).hasSize(3);
            versions.setStateTtlProcessingTime(161);
            assertThat(send(versions, version("c", 3))).containsExactly(version("c", 3));
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> harness(Duration timeToLive)
            throws Exception {
        KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new Versions(timeToLive)),
                        Outcome::identity,
                        ContentHashSerializer.TYPE);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
        harness.setup(OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    private static List<Outcome> send(
            KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> versions, Outcome... outcomes)
            throws Exception {
        int before = versions.extractOutputValues().size();
        for (Outcome outcome : outcomes) {
            versions.processElement(outcome, 0);
        }
        List<Outcome> all = versions.extractOutputValues();
        return all.subList(before, all.size());
    }

    private static Outcome version(String text, int number) {
        return new Outcome.Candidate(hash(text), document(text, number), true, 0);
    }

    private static Outcome rejected(String text, int number) {
        return new Outcome.Rejected(
                new Reject(hash(text), document(text, number), 1, "filter", "rule", "", List.of()), true, true);
    }

    private static Outcome change(Kind kind, Optional<ContentHash> withdrawn, int number) {
        return new Outcome.Withdrawal(new DocumentChange("s", "id", kind, withdrawn, "f@" + number, number));
    }

    private static Document document(String text, int number) {
        return new Document("id", "s", "f@" + number, Optional.empty(), text, number, Optional.empty(), Map.of());
    }

    private static ContentHash hash(String text) {
        return ContentHasher.v1(text);
    }
}
