package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log in which a source is added, another one weighted otherwise, and the first of these removed, each by a new writer. */
class ChangedSourcesRunTest {

    private static final String[] SETTINGS = {"train.checkpoint.permanentEverySteps=2", "train.replay.share=0.2"};

    @TempDir
    private Path folder;

    private final List<ShardRow> trained = new ArrayList<>();
    private List<List<ShardRow>> stages;

    @BeforeEach
    void makeDocuments() {
        List<ShardRow> rows = TestCorpus.documents(5, 140, 14, TestRun.VOCABULARY);
        stages = List.of(
                of(rows.subList(0, 35), "old", 1),
                mixed(of(rows.subList(35, 55), "old", 1), of(rows.subList(55, 75), "added", 1)),
                mixed(of(rows.subList(75, 95), "old", 2), of(rows.subList(95, 115), "added", 1)),
                of(rows.subList(115, 140), "old", 2));
        stages.forEach(trained::addAll);
        trained.removeIf(row -> new HeldOutSplit(100).holdsOut(row.contentHash()));
    }

    @Test
    void aTrainerThatIsKilledAtEachChangeLearnsWhatOneDoesThatNobodyKills() throws Exception {
        Path quiet = Files.createDirectory(folder.resolve("quiet"));
        TestCorpus whole = TestRun.corpus(quiet);
        for (int stage = 0; stage < stages.size(); stage++) {
            append(whole, stage);
        }
        TestRun undisturbed = new TestRun(quiet, "run", SETTINGS);
        assertThat(undisturbed.train()).isEqualTo(ExitCode.OK);

        TestCorpus growing = TestRun.corpus(folder);
        List<String> sofar = new ArrayList<>();
        for (int stage = 0; stage < stages.size() - 1; stage++) {
            append(growing, stage);
            TestRun killed = new TestRun(folder, "run", SETTINGS);
            trainUntilAllIsRead(killed);
            AtomicDirectory.delete(killed.newest().path()); // which one that is killed does not have
            sofar.add(journal(killed));
            assertThat(killed.newest().step())
                    .isLessThan(sofar.getLast().lines().count());
        }
        append(growing, stages.size() - 1);
        TestRun killed = new TestRun(folder, "run", SETTINGS);
        assertThat(killed.train()).isEqualTo(ExitCode.OK);

        assertThat(journal(killed)).isEqualTo(journal(undisturbed));
        assertThat(killed.newestWeights()).isEqualTo(undisturbed.newestWeights());
        assertThat(sofar).as("what came before a change is as it was").allMatch(journal(undisturbed)::startsWith);
        assertThat(killed.events())
                .filteredOn(event -> event.type().equals("resume"))
                .hasSize(stages.size() - 1);
        assertThat(tokens(undisturbed)).isEqualTo(expectedTokens());
    }

    private void append(TestCorpus corpus, int stage) {
        List<ShardRow> rows = stages.get(stage);
        corpus.family("main").commit(false, rows.subList(0, 9), rows.subList(9, 20));
        corpus.commit(stage == stages.size() - 1, rows.subList(20, rows.size()));
    }

    /** Lets a trainer work until it waits for more. */
    private static void trainUntilAllIsRead(TestRun run) {
        int before = Files.exists(run.layout().events()) ? run.events().size() : 0;
        CompletableFuture<ExitCode> training = CompletableFuture.supplyAsync(run::train);
        while (!training.isDone() && !waits(run, before)) {
            LockSupport.parkNanos(1_000_000); // an appended line wakes nobody
        }
        run.stop().request();
        assertThat(training.join()).isEqualTo(ExitCode.OK);
    }

    private static boolean waits(TestRun run, int eventsBefore) {
        return Files.exists(run.layout().events())
                && run.events().stream().skip(eventsBefore).anyMatch(ChangedSourcesRunTest::isEndOfLog);
    }

    private static boolean isEndOfLog(Event event) {
        return event.type().equals("waiting") && event.text("reason").contains("window incomplete");
    }

    /** Tokens that were learned from of each document, those that are replayed aside. */
    private static Map<String, Integer> tokens(TestRun run) throws IOException {
        Map<String, Integer> tokens = new HashMap<>();
        for (String line : Files.readAllLines(run.layout().journal())) {
            for (JsonNode piece : JsonMapper.builder().build().readTree(line).path("documents")) {
                if (!piece.path("replay").asBoolean()) {
                    tokens.merge(piece.path("id").asText(), piece.path("tokens").asInt(), Integer::sum);
                }
            }
        }
        return tokens;
    }

    private Map<String, Integer> expectedTokens() {
        Map<String, Integer> tokens = new HashMap<>();
        trained.forEach(row -> tokens.put(row.documentId(), row.tokenCount() * row.repeat()));
        return tokens;
    }

    private static String journal(TestRun run) throws IOException {
        return Files.readString(run.layout().journal());
    }

    private static List<ShardRow> mixed(List<ShardRow> some, List<ShardRow> others) {
        List<ShardRow> mixed = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            mixed.add(some.get(i));
            mixed.add(others.get(i));
        }
        return mixed;
    }

    private static List<ShardRow> of(List<ShardRow> rows, String source, int repeat) {
        return rows.stream()
                .map(row -> new ShardRow(
                        row.documentId(),
                        source,
                        row.origin(),
                        row.url(),
                        row.eventTimeMillis(),
                        row.ingestTimeMillis(),
                        row.language(),
                        row.quality(),
                        row.contentHash(),
                        repeat,
                        row.inputIds(),
                        row.textBytes()))
                .toList();
    }
}
