package org.alluvium.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.trainer.checkpoint.CheckpointFolder;
import org.alluvium.trainer.data.HeldOutSplit;
import org.alluvium.trainer.fixture.TestCorpus;
import org.alluvium.trainer.fixture.TestRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayRunTest {

    private static final String THIRD = "train.replay.share=0.34";

    @TempDir
    private Path folder;

    private List<ShardRow> rows;

    @BeforeEach
    void createCorpus() {
        rows = TestCorpus.documents(3, 150, 12, TestRun.VOCABULARY);
        TestCorpus corpus = TestRun.corpus(folder).family("main");
        for (int from = 0; from < 120; from += 6) {
            corpus.commit(false, rows.subList(from, from + 4), rows.subList(from + 4, from + 6));
            if (from == 60) {
                corpus.family("b").commit(false, rows.subList(120, 150));
                corpus.family("main");
            }
        }
        corpus.commit(true);
    }

    @Test
    void everyDocumentIsReadOnceAndSomeOfEarlierEntriesAreReplayedInBetween() throws IOException {
        TestRun run = new TestRun(folder, "run", THIRD, "train.eval.everySteps=1");
        run.train();

        Map<String, Integer> fresh = new HashMap<>();
        List<Integer> replayed = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (JsonNode document : pieces(run)) {
            String id = document.path("id").asText();
            if (document.path("replay").asBoolean()) {
                replayed.add(Integer.parseInt(id.substring("doc-".length())));
                assertThat(known)
                        .as("it was learned from, or shuffled into the same window")
                        .isNotEmpty();
            } else {
                fresh.merge(id, document.path("tokens").asInt(), Integer::sum);
                known.add(id);
            }
        }
        HeldOutSplit split = new HeldOutSplit(100);
        Map<String, Integer> expected = new HashMap<>();
        rows.subList(0, 120).stream()
                .filter(row -> !split.holdsOut(row.contentHash()))
                .forEach(row -> expected.put(row.documentId(), row.tokenCount()));
        assertThat(fresh).isEqualTo(expected);
        assertThat(replayed).hasSizeGreaterThan(expected.size() / 4).allMatch(number -> number < 120);
        assertThat(replayed).noneMatch(number -> split.holdsOut(rows.get(number).contentHash()));
        assertThat(new TreeSet<>(replayed)).as("of all ages").hasSizeGreaterThan(20);
        assertThat(replayed).anyMatch(number -> number < 24).anyMatch(number -> number > 60);
        Event prequential = run.event("prequential");
        assertThat(prequential.number("documents", -1)).isEqualTo(expected.size());
        assertThat(run.event("step").number("lagTokens", -1)).isZero();
        assertThat(run.events().stream()
                        .filter(event -> event.type().equals("freshness"))
                        .mapToLong(event -> (long) event.number("documents", 0))
                        .sum())
                .isEqualTo(expected.size());
    }

    @Test
    void aRunThatIsStoppedOrKilledReplaysTheSame() throws IOException {
        TestRun undisturbed = new TestRun(folder, "undisturbed", THIRD);
        for (long step = 3; step <= 18; step += 5) {
            undisturbed.train("train.steps=" + step);
        }
        undisturbed.train();
        TestRun atOnce = new TestRun(folder, "at-once", THIRD);
        atOnce.train();

        assertThat(journal(undisturbed)).isNotEmpty().isEqualTo(journal(atOnce));
        for (Path checkpoint : new CheckpointFolder(undisturbed.layout()).paths()) {
            TestRun killed = new TestRun(folder, "killed-at-" + checkpoint.getFileName(), THIRD);
            TestRun.copy(checkpoint, killed.layout().checkpoints().resolve(checkpoint.getFileName()));
            TestRun.copy(undisturbed.layout().journal(), killed.layout().journal());
            killed.train();
            assertThat(journal(killed)).isEqualTo(journal(atOnce));
            assertThat(killed.newestWeights()).isEqualTo(atOnce.newestWeights());
        }
        assertThatThrownBy(() -> atOnce.train("train.replay.share=0.2"))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("train.replay.share was 0.34 and is now 0.2");
    }

    private static String journal(TestRun run) throws IOException {
        return Files.readString(run.layout().journal());
    }

    private static List<JsonNode> pieces(TestRun run) throws IOException {
        List<JsonNode> pieces = new ArrayList<>();
        for (String line : Files.readAllLines(run.layout().journal())) {
            JsonMapper.builder().build().readTree(line).path("documents").forEach(pieces::add);
        }
        return pieces;
    }
}
