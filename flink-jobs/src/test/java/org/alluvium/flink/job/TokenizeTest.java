package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.event.EventSink;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.ingest.text.ContentHasher;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.document.Agreement;
import org.alluvium.tokenizer.document.CheckedEncoder;
import org.alluvium.tokenizer.document.Checks;
import org.alluvium.tokenizer.document.Disagreement;
import org.alluvium.tokenizer.document.DocumentTokenizer;
import org.alluvium.tokenizer.document.Watch;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.events.EventBuilder;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness declares that closing may throw anything
class TokenizeTest {

    private static final Map<String, Agreement> PROCESSES = new ConcurrentHashMap<>();

    private static final String VOCABULARY = "v";
    private static final String VERSION = "1";

    private static final int SAME = 1;
    private static final int OURS = 2;
    private static final int SENTENCE_PIECES = 3;

    @Test
    void aDocumentThatDiffersAndAllAfterItHaveSentencePiecesIds() throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> tokenize =
                harness(new InProcess(new Checks(2, 0), VOCABULARY), VERSION)) {
            tokenize.open();

            assertThat(ids(tokenize, "same", "odd", "odd", "odd"))
                    .containsExactly(SAME, SENTENCE_PIECES, SENTENCE_PIECES, SENTENCE_PIECES);
        }
    }

    @Test
    void aJobThatGoesOnFromItsStateLetsSentencePieceEncodeFromTheBeginning() throws Exception {
        assertThat(idOfAnOddDocumentAfter("odd", VOCABULARY, VERSION)).containsExactly(SENTENCE_PIECES);
    }

    @Test
    void stateOfAJobThatSawNoDifferenceChangesNothing() throws Exception {
        assertThat(idOfAnOddDocumentAfter("same", VOCABULARY, VERSION)).containsExactly(OURS);
    }

    @Test
    void stateOfAnotherVersionOrAnotherVocabularySaysNothing() throws Exception {
        assertThat(idOfAnOddDocumentAfter("odd", VOCABULARY, "2")).containsExactly(OURS);
        assertThat(idOfAnOddDocumentAfter("odd", "w", VERSION)).containsExactly(OURS);
    }

    @Test
    void aDifferenceIsAnAlertAmongTheEvents() {
        List<Map<String, ?>> alerts = new ArrayList<>();
        AlertReporter reporter = new AlertReporter(new EventSink() {
            @Override
            public void emit(String type, Map<String, ?> fields) {
                assertThat(type).isEqualTo("alert");
                alerts.add(fields);
            }

            @Override
            public void close() {
                // There is nothing to write.
            }
        });
        TokenizerMetrics metrics = new TokenizerMetrics(new UnregisteredMetricsGroup() {
            @Override
            public void addEvent(EventBuilder event) {
                reporter.notifyOfAddedEvent(event.build(Map.of()));
            }
        });

        metrics.differs(new Disagreement("doc-7", 3, List.of(5, 6), List.of(8)));

        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).get("what")).isEqualTo("tokenizer");
        assertThat(alerts.get(0).get("document")).isEqualTo("doc-7");
        assertThat(alerts.get(0).get("position")).hasToString("3");
        assertThat(alerts.get(0).get("fast")).isEqualTo("5 6");
        assertThat(alerts.get(0).get("reference")).isEqualTo("8");
        assertThat(alerts.get(0).get("message")).asString().contains("doc-7", "token 3", "[5 6] instead of [8]");
    }

    /** In a process that checks nothing itself, restored from the state of one that has seen another document. */
    private static List<Integer> idOfAnOddDocumentAfter(String seen, String vocabulary, String version)
            throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> before =
                        harness(new InProcess(new Checks(2, 0), VOCABULARY), VERSION);
                OneInputStreamOperatorTestHarness<Outcome, Outcome> after =
                        harness(new InProcess(Checks.NONE, vocabulary), version)) {
            before.open();
            ids(before, seen);
            OperatorSubtaskState state = before.snapshot(1, 1);
            after.initializeState(state);
            after.open();
            return ids(after, "odd");
        }
    }

    private static List<Integer> ids(OneInputStreamOperatorTestHarness<Outcome, Outcome> tokenize, String... texts)
            throws Exception {
        for (String text : texts) {
            tokenize.processElement(candidate(text), 0);
        }
        return tokenize.extractOutputValues().stream()
                .map(Outcome.Accepted.class::cast)
                .map(accepted -> accepted.row().inputIds()[0])
                .toList();
    }

    private static Outcome candidate(String text) {
        Document document = new Document(text, "s", "f@1", Optional.empty(), text, 1, Optional.empty(), Map.of());
        return new Outcome.Candidate(ContentHasher.v1(text), document, false, 0);
    }

    private static OneInputStreamOperatorTestHarness<Outcome, Outcome> harness(InProcess process, String version)
            throws Exception {
        PROCESSES.put(process.name(), new Agreement());
        OneInputStreamOperatorTestHarness<Outcome, Outcome> harness =
                new OneInputStreamOperatorTestHarness<>(new StreamMap<>(new Tokenize(process, version)));
        harness.setup(OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    /** What a process of its own would make: our encoder is wrong of documents that are odd. */
    private record InProcess(String name, Checks checks, String digest) implements Tokenize.Opening {

        InProcess(Checks checks, String digest) {
            this(UUID.randomUUID().toString(), checks, digest);
        }

        @Override
        public DocumentTokenizer open(Watch watch) {
            CheckedEncoder encoder = new CheckedEncoder(
                    new OddOnes(OURS), Optional.of(new OddOnes(SENTENCE_PIECES)), checks, agreement(), watch);
            return new DocumentTokenizer(Vocabulary.bundled(), encoder, false, false);
        }

        @Override
        public Agreement agreement() {
            return PROCESSES.get(name);
        }
    }

    private record OddOnes(int id) implements Encoder {

        @Override
        public int[] encode(String text) {
            return new int[] {text.equals("odd") ? id : SAME};
        }

        @Override
        public void close() {
            // There is nothing to free.
        }
    }
}
