package org.alluvium.flink.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.OutcomeSerializer;
import org.alluvium.ingest.text.ContentHasher;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the harness declares that closing may throw anything
class MixtureOperatorTest {

    private static final int DOCUMENTS = 400;

    @TempDir
    Path folder;

    @Test
    void withoutWeightsEveryDocumentIsTrainedOnOnce() throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> mixture = harness("")) {
            mixture.open();
            Outcome candidate = candidate("crawl", 1);
            Outcome progress = new Outcome.Progress(0, 3, Map.of());

            mixture.processElement(candidate, 0);
            mixture.processElement(progress, 0);

            assertThat(mixture.extractOutputValues()).containsExactly(candidate, progress);
        }
    }

    @Test
    void documentsAreRepeatedOrLeftOutAndTheLogIsToldHowOften() throws Exception {
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> mixture = harness(
                "mixture: {weights: {sources: [{source: crawl, epochs: 0.5}, {source: books, epochs: 2.5}]}}")) {
            mixture.open();

            List<Outcome> crawl = send(mixture, "crawl");
            List<Outcome> books = send(mixture, "books");
            mixture.prepareSnapshotPreBarrier(1);

            long kept =
                    crawl.stream().filter(Outcome.Candidate.class::isInstance).count();
            assertThat(kept).isBetween(DOCUMENTS / 3L, 2L * DOCUMENTS / 3);
            assertThat(crawl)
                    .filteredOn(Outcome.Rejected.class::isInstance)
                    .hasSize((int) (DOCUMENTS - kept))
                    .allSatisfy(left -> assertThat(
                                    ((Outcome.Rejected) left).reject().cause())
                            .isEqualTo("mixture.left_out"));
            long repeats = books.stream()
                    .mapToLong(book -> ((Outcome.Candidate) book).repeat())
                    .sum();
            assertThat(repeats).isBetween(DOCUMENTS * 7L / 3, DOCUMENTS * 8L / 3);
            assertThat(mixed(mixture))
                    .containsExactly(new Outcome.Mixed(
                            0,
                            List.of(
                                    new MixtureShare("books", 2.5, DOCUMENTS, repeats),
                                    new MixtureShare("crawl", 0.5, DOCUMENTS, kept))));
        }
    }

    @Test
    void theControlFileChangesTheWeightsAtABarrierAndSoDoesItsEnd() throws Exception {
        Path control = folder.resolve("mixture.yaml");
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> mixture =
                harness("mixture: {control: mixture.yaml}")) {
            mixture.open();
            Files.writeString(control, "otherEpochs: 3");
            mixture.processElement(candidate("crawl", 1), 0);
            mixture.prepareSnapshotPreBarrier(1);
            mixture.processElement(candidate("crawl", 2), 0);
            Files.delete(control);
            mixture.prepareSnapshotPreBarrier(2);
            mixture.processElement(candidate("crawl", 3), 0);
            mixture.prepareSnapshotPreBarrier(3);

            assertThat(mixed(mixture))
                    .flatExtracting(Outcome.Mixed::shares)
                    .containsExactly(share(1), share(3), share(1));
        }
    }

    @Test
    void aControlFileThatMakesNoSenseChangesNothingInARunningJobAndLetsNoneBegin() throws Exception {
        Path control = folder.resolve("mixture.yaml");
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> mixture =
                harness("mixture: {control: mixture.yaml}")) {
            mixture.open();
            Files.writeString(control, "sources: [{source: unheard-of, epochs: 2}]");
            mixture.prepareSnapshotPreBarrier(1);
            mixture.processElement(candidate("crawl", 1), 0);

            assertThat(mixture.extractOutputValues()).containsExactly(candidate("crawl", 1));
        }
        try (OneInputStreamOperatorTestHarness<Outcome, Outcome> mixture =
                harness("mixture: {control: mixture.yaml}")) {
            assertThatThrownBy(mixture::open)
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasStackTraceContaining("unheard-of");
        }
    }

    private static MixtureShare share(int epochs) {
        return new MixtureShare("crawl", epochs, 1, epochs);
    }

    private static List<Outcome.Mixed> mixed(OneInputStreamOperatorTestHarness<Outcome, Outcome> mixture) {
        return mixture.extractOutputValues().stream()
                .filter(Outcome.Mixed.class::isInstance)
                .map(Outcome.Mixed.class::cast)
                .toList();
    }

    private static List<Outcome> send(OneInputStreamOperatorTestHarness<Outcome, Outcome> mixture, String source)
            throws Exception {
        int before = mixture.extractOutputValues().size();
        for (int i = 0; i < DOCUMENTS; i++) {
            mixture.processElement(candidate(source, i), 0);
        }
        List<Outcome> all = mixture.extractOutputValues();
        return new ArrayList<>(all.subList(before, all.size()));
    }

    private OneInputStreamOperatorTestHarness<Outcome, Outcome> harness(String section) throws Exception {
        OneInputStreamOperatorTestHarness<Outcome, Outcome> harness =
                new OneInputStreamOperatorTestHarness<>(new MixtureOperator(weights(section)));
        harness.setup(OutcomeSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        return harness;
    }

    private Weights weights(String section) throws IOException {
        Path file = Files.writeString(
                folder.resolve("alluvium.yaml"),
                "sources: [{name: crawl, path: in}, {name: books, path: books}]\n" + section + "\n");
        return Weights.of(ConfigLoader.load(file, List.of()));
    }

    private static Outcome candidate(String source, int number) {
        String text = "text " + number;
        Document document = new Document(
                "id" + number, source, "f@" + number, Optional.empty(), text, number, Optional.empty(), Map.of());
        return new Outcome.Candidate(ContentHasher.v1(text), document, false, 0);
    }
}
