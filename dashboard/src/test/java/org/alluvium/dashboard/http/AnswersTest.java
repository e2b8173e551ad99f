package org.alluvium.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.alluvium.contracts.store.ProcessLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every question about a recorded run. */
class AnswersTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private RecordedRun recorded;
    private Answers answers;

    @BeforeEach
    void open() throws Exception {
        recorded = RecordedRun.create(folder);
        answers = new Answers(recorded.shown(), InstantSource.fixed(RecordedRun.END));
        answers.readOn();
    }

    @AfterEach
    void close() {
        answers.close();
    }

    @Test
    void aSpikeOfOneStepIsInTheRangeOfAFewPoints() throws Exception {
        JsonNode loss = ask("/api/points?name=step/loss&points=16").at("/series/step~1loss");
        assertThat(loss.path("x")).hasSize(16);
        assertThat(loss.path("max")).extracting(JsonNode::doubleValue).contains(17.5);
    }

    @Test
    void everyFigureOfASeriesIsInItsTable() throws Exception {
        String table = text("/api/table?name=step/loss&name=step/mfu");
        assertThat(table.lines()).hasSize(RecordedRun.STEPS + 1);
        assertThat(table)
                .startsWith("step,tokens,time,loss,mfu\n")
                .contains("\n150,307200,2026-01-01T00:02:30Z,17.5,0.31\n");
        assertThatThrownBy(() -> ask("/api/table?name=step/loss&name=eval/heldOutBitsPerByte"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void checkpointsAreListedAndVerified() throws Exception {
        assertThat(ask("/api/checkpoints").path("checkpoints"))
                .extracting(
                        each -> each.path("step").asInt(),
                        each -> each.path("wholeness").asText())
                .containsExactly(tuple(120, "UNKNOWN"), tuple(240, "UNKNOWN"));
        assertThat(ask("/api/verify?step=240").path("wholeness").asText()).isEqualTo("WHOLE");
        Files.writeString(recorded.run().checkpoint(120).resolve("lineage.json"), "{}");
        assertThat(ask("/api/verify?step=120").path("problem").asText()).contains("lineage.json");
        assertThat(ask("/api/checkpoints").at("/checkpoints/0/wholeness").asText())
                .isEqualTo("DAMAGED");
        assertThatThrownBy(() -> ask("/api/verify?step=7"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(410));
    }

    @Test
    void twoCheckpointsDifferTensorByTensor() throws Exception {
        JsonNode tensors = ask("/api/compare?a=120&b=240").path("tensors");
        assertThat(tensors).anySatisfy(tensor -> {
            assertThat(tensor.path("name").asText()).isEqualTo("model.embed_tokens.weight");
            assertThat(tensor.path("relativeChange").asDouble()).isPositive();
            assertThat(tensor.path("stableRank").asDouble()).isGreaterThanOrEqualTo(1);
        });
        assertThat(ask("/api/compare?a=240&b=240").path("tensors"))
                .allSatisfy(tensor ->
                        assertThat(tensor.path("relativeChange").asDouble()).isZero());
    }

    @Test
    void tokensHavePlacesAndNeighbours() throws Exception {
        JsonNode map = ask("/api/embedding/map?step=240");
        assertThat(map.path("x")).hasSameSizeAs(map.path("texts")).isNotEmpty();
        assertThat(ask("/api/embedding/map?step=240&onto=120").path("x")).hasSameSizeAs(map.path("x"));
        assertThat(ask("/api/embedding/map?step=240&kind=neighbours").path("x")).hasSameSizeAs(map.path("x"));
        String word = map.path("texts").get(0).asText().strip();
        assertThat(ask("/api/embedding/near?step=240&word=" + word).path("neighbours"))
                .isNotEmpty();
        assertThat(ask("/api/embedding/moved?a=120&b=240").path("tokens")).isNotEmpty();
        assertThatThrownBy(() -> ask("/api/embedding/near?step=240&word=parliamentarians"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void whatWasReportedOfACheckpointIsReadAlsoWhenItIsGone() throws Exception {
        JsonNode probes = ask("/api/probes");
        assertThat(probes.path("steps")).extracting(JsonNode::asInt).containsExactly(60, 120, 240);
        assertThat(probes.path("texts")).extracting(JsonNode::asText).isEqualTo(RecordedProbes.TEXTS);
        String text = "&text=" + URLEncoder.encode(RecordedProbes.TEXTS.getFirst(), StandardCharsets.UTF_8);

        assertThat(ask("/api/reading?step=60" + text).path("tokens")).isNotEmpty();
        JsonNode heads = ask("/api/attention?step=60" + text).path("heads");
        assertThat(ask("/api/attention/head?step=60&layer=0&head=0" + text).path("weights"))
                .hasSize(ask("/api/attention?step=60" + text).path("tokens").size());
        assertThat(heads).isNotEmpty();
        assertThatThrownBy(() -> ask("/api/reading?step=60&text=something+else"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aReportSaysWhatIsComputedWithoutIt() throws Exception {
        String text = "&text=" + URLEncoder.encode(RecordedProbes.TEXTS.getLast(), StandardCharsets.UTF_8);
        JsonNode reading = ask("/api/reading?step=240" + text);
        JsonNode attention = ask("/api/attention?step=240" + text);
        Files.writeString(recorded.run().probe(240), "damaged");

        assertThat(ask("/api/reading?step=240" + text).path("tokens")).hasSameSizeAs(reading.path("tokens"));
        assertThat(ask("/api/reading?step=240" + text).path("bitsPerByte").asDouble())
                .isCloseTo(reading.path("bitsPerByte").asDouble(), within(0.05));
        assertThat(ask("/api/attention?step=240" + text).path("heads")).hasSameSizeAs(attention.path("heads"));
    }

    @Test
    void tokensAreCountedAndTheirChangesTold() throws Exception {
        JsonNode change = ask("/api/embedding/change?a=120&b=240");
        assertThat(change.path("ids"))
                .hasSameSizeAs(ask("/api/embedding/map?step=240").path("ids"));
        assertThat(change.path("values"))
                .hasSameSizeAs(change.path("ids"))
                .anySatisfy(value -> assertThat(value.asDouble()).isPositive());
        JsonNode counts = ask("/api/embedding/frequency?step=240");
        assertThat(counts.path("tokens").asInt()).isEqualTo(6 * RecordedShards.ROWS * RecordedShards.TOKENS);
        assertThat(counts.path("shards").asInt()).isEqualTo(6);
        assertThat(ask("/api/embedding/map?step=240&kind=neighbours&onto=120").path("x"))
                .hasSameSizeAs(change.path("ids"));
    }

    @Test
    void theCorpusFlowsAndWhatLeftItCanBeLookedAt() throws Exception {
        JsonNode flow = ask("/api/flow");
        assertThat(flow.at("/total/funnel/read").asInt()).isEqualTo(1200);
        assertThat(flow.path("sources"))
                .extracting(
                        each -> each.path("name").asText(),
                        each -> each.path("read").asInt(),
                        each -> each.path("accepted").asInt())
                .containsExactly(tuple("books", 300, 240), tuple("odd", 60, 0), tuple("web", 840, 600));
        assertThat(flow.at("/recent/seconds").asDouble()).isEqualTo(20);
        assertThat(flow.at("/recent/read/web").asInt()).isEqualTo(140);
        JsonNode sample = ask("/api/samples?reason=not_json").at("/samples/1");
        assertThat(sample.path("command").asText()).isEqualTo("./alluvium deadletters replay 1.2");
        assertThat(sample.path("text").asText()).contains("<script>");
        assertThatThrownBy(() -> ask("/api/samples?reason=nothing")).isInstanceOf(Refusal.class);
    }

    @Test
    void rejectsOfAFilterAreSampled() throws Exception {
        assertThat(ask("/api/samples?reason=gopher_quality.too_short").path("samples"))
                .hasSize(5)
                .allSatisfy(sample -> assertThat(sample.path("text").asText()).startsWith("Too short a text"));
        assertThat(ask("/api/samples?reason=mixture.left_out").path("samples")).isEmpty();
    }

    @Test
    void tasksAreThoseOfAProcessThatIsAtWork() throws Exception {
        assertThat(ask("/api/flow").path("tasks")).isEmpty();
        try (ProcessLock held = ProcessLock.acquire(recorded.corpus().lock(), "ingest")) {
            assertThat(held).isNotNull();
            assertThat(ask("/api/flow").path("tasks"))
                    .extracting(
                            task -> task.path("stages").toString(),
                            task -> task.at("/backPressuredMillis/1").asInt())
                    .contains(tuple("[\"read\",\"judge\"]", 680));
        }
    }

    @Test
    void whatIngestWarnsOfIsAmongTheAlertsWhereTheRunWas() throws Exception {
        assertThat(ask("/api/overview").path("alerts"))
                .filteredOn(alert -> alert.path("rule").asText().equals("ingest"))
                .extracting(
                        alert -> alert.path("step").asInt(),
                        alert -> alert.path("message").asText())
                .containsExactly(
                        tuple(20, "96 % of what source odd brought of late was refused; it rests for a while"));
        assertThat(ask("/api/markers?type=alert").path("alert"))
                .anySatisfy(alert -> assertThat(alert.path("step").asInt()).isEqualTo(20));
    }

    @Test
    void commitsAreToldFromTheNewestBackwards() throws Exception {
        JsonNode newest = ask("/api/commits?count=5");
        assertThat(newest.path("commits"))
                .extracting(each -> each.path("sequence").asInt())
                .containsExactly(8, 9, 10, 11, 12);
        assertThat(ask("/api/commits?count=5&to=7").path("commits"))
                .extracting(
                        each -> each.path("sequence").asInt(),
                        each -> each.path("tokens").asInt())
                .startsWith(tuple(3, 21_200))
                .hasSize(5);
        assertThat(newest.at("/all/tokens")).extracting(JsonNode::asLong).contains(0L);
    }

    @Test
    void aChangeOfTheMixtureIsWhereTheRunFirstLearnedFromIt() throws Exception {
        JsonNode markers = ask("/api/markers?type=mixture").path("mixture");
        assertThat(markers)
                .extracting(
                        each -> each.path("step").asInt(),
                        each -> each.path("tokens").asInt(),
                        each -> each.path("message").asText())
                .containsExactly(tuple(120, 120 * 2048, "web 1 → 1.5 epochs"));
    }

    @Test
    void stepsLeadToDocumentsAndBack() throws Exception {
        assertThat(ask("/api/lineage/steps?from=10&to=10")
                        .at("/steps/0/documents/0/id")
                        .asText())
                .isEqualTo("document-10");
        assertThat(ask("/api/lineage/document?id=document-11").path("steps")).hasSize(2);
        assertThat(ask("/api/lineage/checkpoint?step=240").path("step").asInt()).isPositive();
    }

    @Test
    void stepsLeadToShardsAndWhatIsKnownOfDocuments() throws Exception {
        JsonNode learned = ask("/api/lineage/learned?from=60&to=61");
        assertThat(learned.path("documents"))
                .extracting(
                        each -> each.path("id").asText(),
                        each -> each.path("tokens").asInt(),
                        each -> each.at("/stored/source").asText())
                .containsExactly(
                        tuple("document-60", 2000, "books"),
                        tuple("document-61", 2048, "web"),
                        tuple("document-62", 48, "web"));
        JsonNode shard = learned.at("/shards/0");
        assertThat(shard.path("path").asText()).isEqualTo("shards/4.parquet");
        assertThat(shard.path("firstRow").asInt()).isEqualTo(19);
        assertThat(shard.path("lastRow").asInt()).isEqualTo(21);
        assertThat(shard.at("/tokensBySource/web").asInt()).isEqualTo(2096);
        assertThat(learned.path("missing").asInt()).isZero();
    }

    @Test
    void aDocumentIsFoundByWhatIsKnownOfItAndItsTextIsRead() throws Exception {
        JsonNode byHash = ask("/api/lineage/find?name=00000000000000960000000000000096");
        assertThat(byHash.at("/documents/0/id").asText()).isEqualTo("document-150");
        assertThat(ask("/api/lineage/find?name=%3Cb%3Epart%3C/b%3E-0.jsonl@150").path("documents"))
                .isEqualTo(byHash.path("documents"));
        int records = 12 * RecordedShards.ROWS + 9; // as the log has it, with rejects and dead letters
        assertThat(ask("/api/lineage/find?name=nobody").path("rows").asInt()).isEqualTo(records);
        JsonNode text = ask("/api/lineage/text?entry=5&shard=0&row=39&from=2");
        assertThat(text.path("text").asText()).isNotBlank();
        assertThat(text.path("of").asInt()).isEqualTo(12);
        JsonNode loss = ask("/api/lineage/loss?entry=5&shard=0&row=39");
        assertThat(loss.path("tokens").asInt()).isEqualTo(8); // the model's context
        assertThat(loss.path("lossPerToken").asDouble()).isPositive();
        assertThatThrownBy(() -> ask("/api/lineage/text?entry=9&shard=0&row=0")).isInstanceOf(Refusal.class);
    }

    @Test
    void theLossIsDrawnOnAndARunIsEstimated() throws Exception {
        assertThat(ask("/api/forecast?tokens=1e7").path("points").size()).isEqualTo(61);
        JsonNode estimate = ask("/api/estimate?parameters=175e9&tokens=300e9&days=30&flops=78e12");
        assertThat(estimate.path("flops").asDouble()).isEqualTo(315e21);
        assertThat(Math.round(estimate.path("devices").asDouble())).isEqualTo(1558);
        assertThatThrownBy(() -> ask("/api/estimate?parameters=0")).isInstanceOf(Refusal.class);
    }

    @Test
    void theNewestFiguresAreGauges() throws Exception {
        assertThat(text("/metrics"))
                .contains("# TYPE alluvium_train_tokens_per_second gauge\n")
                .contains("alluvium_train_tokens_per_second{run=\"main\"} 4100.5\n")
                .contains("alluvium_train_step{run=\"main\"} 240.0\n")
                .contains("alluvium_train_forward_seconds{run=\"main\"} 0.12\n")
                .contains("alluvium_dashboard_read_events{run=\"main\"} ")
                .contains("alluvium_train_idle_heads{run=\"main\"} ");
    }

    private JsonNode ask(String address) throws Exception {
        return JSON.readTree(text(address));
    }

    private String text(String address) throws Exception {
        URI uri = URI.create(address);
        return answers.to(uri.getPath(), new Query(uri)).bodyText();
    }
}
