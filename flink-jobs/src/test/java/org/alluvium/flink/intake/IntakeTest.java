package org.alluvium.flink.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.alluvium.flink.intake.FlowFixtures.bad;
import static org.alluvium.flink.intake.FlowFixtures.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.FlowConfig.OnFailures;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.DocumentChange.Kind;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.flink.intake.FlowFixtures.Moody;
import org.alluvium.flink.intake.FlowFixtures.Stopwatch;
import org.alluvium.flink.types.Arrival;
import org.alluvium.flink.types.Outcome;
import org.alluvium.ingest.deadletter.DeadLetterJson;
import org.alluvium.ingest.deadletter.LetterId;
import org.alluvium.ingest.deadletter.ReplaySource;
import org.alluvium.ingest.deadletter.StoredLetter;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.SourceRecord;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final long NOW = 1_700_000_000_000L;

    private final Stopwatch watch = new Stopwatch();

    @Test
    void aRecordArrivesWithItsPlaceItsTimesAndItsFate() {
        Intake intake = intake(FlowFixtures.source("a"));

        Arrival arrival = intake.take(good("a", 7));

        assertThat(arrival.source()).isEqualTo("a");
        assertThat(arrival.partition()).as("of a folder").isEmpty();
        assertThat(arrival.position()).isEqualTo("t-0@7");
        assertThat(arrival.timeMillis()).isEqualTo(7);
        assertThat(arrival.arrivedMillis()).isEqualTo(NOW);
        assertThat(arrival.bytes()).isEqualTo("{\"id\":\"d7\",\"text\":\"text 7\"}".length());
        assertThat(arrival.outcome()).isInstanceOfSatisfying(Outcome.Unjudged.class, candidate -> {
            assertThat(candidate.versioned()).isTrue();
            assertThat(candidate.arrivedMillis()).isEqualTo(NOW);
            assertThat(candidate.document().id()).isEqualTo("d7");
        });
    }

    @Test
    void theDocumentOfAFileIsKnownByItsPlaceAndALineIsNot() {
        Location in = Location.of(Path.of("in"));
        Intake intake = intake(
                SourceConfig.ofFolder("notes", in, SourceConfig.Format.MARKDOWN, true),
                SourceConfig.ofFolder("lines", in, SourceConfig.Format.JSONL, true));
        byte[] text = "{\"text\": \"of no id\"}".getBytes(UTF_8);

        Arrival note = intake.take(SourceRecord.Content.of("notes", "a.md@0", 0, text));
        Arrival line = intake.take(SourceRecord.Content.of("lines", "a.jsonl@0", 0, text));

        assertThat(((Outcome.Unjudged) note.outcome()).versioned()).isTrue();
        assertThat(((Outcome.Unjudged) line.outcome()).versioned()).isFalse();
    }

    @Test
    void whatWasFedBackIsADocumentOfItsOwnSourceAndAPlaceOfTheReplayFolder() {
        DeadLetter letter = new DeadLetter(
                "a",
                "t-0@1",
                5,
                Optional.empty(),
                1,
                DeadLetterReason.TEXT_MISSING,
                "",
                "{\"text\":\"x\"}".getBytes(UTF_8),
                12);
        String line = DeadLetterJson.encode(new StoredLetter(new LetterId(1, 1), Instant.EPOCH, letter));
        SourceConfig replay = FlowFixtures.source(ReplaySource.NAME);
        Intake intake = new Intake(
                List.of(replay), List.of(FlowFixtures.source("a")), InstantSource.fixed(Instant.EPOCH), watch::nanos);

        Arrival arrival = intake.take(SourceRecord.Content.of(ReplaySource.NAME, "1@0", 9, line.getBytes(UTF_8)));

        assertThat(arrival.source()).isEqualTo(ReplaySource.NAME);
        assertThat(arrival.position()).isEqualTo("1@0");
        assertThat(arrival.outcome()).isInstanceOfSatisfying(Outcome.Unjudged.class, candidate -> {
            assertThat(candidate.document().source()).isEqualTo("a");
            assertThat(candidate.document().origin()).isEqualTo("t-0@1");
            assertThat(candidate.document().eventTimeMillis()).isEqualTo(5);
        });
    }

    @Test
    void aTombstoneIsAnOrderToDelete() {
        Arrival arrival = intake(FlowFixtures.source("a")).take(new SourceRecord.Tombstone("a", "t-0@1", 5, "x"));

        assertThat(arrival.outcome()).isInstanceOfSatisfying(Outcome.Withdrawal.class, deletion -> {
            assertThat(deletion.change().kind()).isEqualTo(Kind.DELETED);
            assertThat(deletion.change().id()).isEqualTo("x");
            assertThat(deletion.change().withdrawn()).isEmpty();
        });
    }

    @Test
    void aRateHoldsBackItsSourceAndNoOther() {
        Intake intake = intake(FlowFixtures.source("a").withFlow(FlowFixtures.rate(1)), FlowFixtures.source("b"));

        intake.take(good("a", 1));

        assertThat(intake.permits("a")).isFalse();
        assertThat(intake.untilPermit("a")).isEqualTo(Duration.ofSeconds(1));
        assertThat(intake.permits("b")).isTrue();
        watch.advance(Duration.ofSeconds(1));
        assertThat(intake.permits("a")).isTrue();
    }

    @Test
    void tooManyFailuresPauseTheirSourceAloneUntilThePauseIsOver() {
        Intake intake = intake(
                FlowFixtures.source("a").withFlow(FlowFixtures.failures(4, OnFailures.PAUSE)),
                FlowFixtures.source("b"));
        List<FailureAlert> alerts = new ArrayList<>();
        intake.flow("a").onAlert(alerts::add);
        for (int i = 0; i < 4; i++) {
            assertThat(intake.permits("a")).isTrue();
            intake.take(bad("a", i));
        }

        assertThat(intake.untilPermit("a")).isEqualTo(FlowFixtures.PAUSE);
        assertThat(intake.permits("b")).isTrue();
        assertThat(intake.flow("a").isPaused()).isTrue();
        assertThat(alerts).containsExactly(new FailureAlert("a", 1, OnFailures.PAUSE));
        assertThat(intake.flow("a").failureShare()).isEqualTo(1);

        watch.advance(FlowFixtures.PAUSE);
        assertThat(intake.permits("a")).isTrue();
        assertThat(intake.flow("a").isPaused()).isFalse();
        intake.take(bad("a", 4));
        assertThat(intake.permits("a")).as("a full window decides anew").isTrue();
    }

    @Test
    void aSourceThatOnlyAlertsIsReadOn() {
        Intake intake = intake(FlowFixtures.source("a").withFlow(FlowFixtures.failures(2, OnFailures.ALERT)));
        List<FailureAlert> alerts = new ArrayList<>();
        intake.flow("a").onAlert(alerts::add);

        intake.take(bad("a", 1));
        intake.take(bad("a", 2));
        intake.take(bad("a", 3));

        assertThat(intake.permits("a")).isTrue();
        assertThat(alerts).containsExactly(new FailureAlert("a", 1, OnFailures.ALERT));
    }

    @Test
    void aParserThatCannotWorkIsGivenMoreTimeWithEachTry() {
        SourceConfig source = FlowFixtures.source("a");
        Moody parser = new Moody(source);
        Intake intake = new Intake(List.of(source), any -> parser, InstantSource.fixed(Instant.EPOCH), watch::nanos);
        parser.unavailable(true);

        for (long millis = 100; millis < 30_000; millis *= 2) {
            assertThatThrownBy(() -> intake.take(good("a", 1))).isInstanceOf(UnavailableException.class);
            assertThat(intake.untilPermit("a")).isEqualTo(Duration.ofMillis(millis));
            watch.advance(Duration.ofMillis(millis));
            assertThat(intake.permits("a")).isTrue();
        }
        parser.unavailable(false);
        assertThat(intake.take(good("a", 1)).outcome()).isInstanceOf(Outcome.Unjudged.class);
        assertThat(intake.flow("a").failureShare()).as("waiting is no failure").isZero();
    }

    private Intake intake(SourceConfig... sources) {
        return new Intake(List.of(sources), InstantSource.fixed(Instant.ofEpochMilli(NOW)), watch::nanos);
    }
}
