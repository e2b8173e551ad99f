package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.log.VocabularyFit;
import org.alluvium.contracts.log.VocabularyFit.Departure;
import org.alluvium.contracts.log.VocabularyFit.Figure;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.report.Drift;
import org.alluvium.tokenizer.report.TokenCounts;
import org.alluvium.tokenizer.shard.ShardReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running corpus tells by itself that what comes is not what its vocabulary was made for. */
class VocabularyDriftIT {

    @TempDir
    Path folder;

    @Test
    void documentsInAnotherLanguageAreToldOfOnceHoweverOftenTheProcessEnds() throws Exception {
        TestCorpus corpus = new TestCorpus(folder);
        AlluviumConfig config = corpus.config(true, 1, "tokenizer.drift.leastTokens=500");
        corpus.file("a.jsonl", documents(0, 100, "The river carries sand to the sea every year, and the delta grows "));
        runUntil(corpus, config, 100);
        assertThat(alerts(corpus)).isEmpty();
        assertThat(fits(corpus)).anyMatch(VocabularyFit::judged);

        corpus.file("b.jsonl", documents(100, 200, "河流把沙子带到大海,三角洲每年都在增长 "));
        runUntil(corpus, config, 200);
        List<String> told = alerts(corpus);
        assertThat(told)
                .hasSize(2)
                .extracting(alert -> alert.replaceFirst("\\d+ (\\w+) .*", "$1"))
                .containsExactly("bytesPerToken", "fallbackRate");
        assertThat(fits(corpus))
                .flatMap(VocabularyFit::alerts)
                .extracting(Departure::figure)
                .containsExactly(Figure.values());

        cutBehindTheFirstAlert(corpus.layout().events());
        corpus.file("c.jsonl", documents(200, 300, "三角洲每年都在增长,河流把沙子带到大海 "));
        runUntil(corpus, config, 300);
        assertThat(alerts(corpus))
                .as("one was in the file, one was not, and neither is news")
                .isEqualTo(told);
        assertThat(sequences(corpus, "commit"))
                .isEqualTo(
                        corpus.commits().stream().map(LogEntry.Commit::sequence).toList());
        assertThat(sequences(corpus, "vocabulary")).doesNotHaveDuplicates();
        assertThat(fits(corpus)).as("what anybody finds who reads the shards").isEqualTo(recomputed(corpus, config));
    }

    /** As a process leaves it that is killed between two lines. */
    private static void cutBehindTheFirstAlert(Path events) throws IOException {
        List<String> lines = Files.readAllLines(events);
        int alert = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains("\"type\":\"alert\"")
                        && lines.get(i).contains("\"vocabulary\""))
                .findFirst()
                .orElseThrow();
        Files.write(events, lines.subList(0, alert + 1));
    }

    private static void runUntil(TestCorpus corpus, AlluviumConfig config, long rows) throws Exception {
        try (RunningIngest running = RunningIngest.start(corpus, config, IngestOptions.DEFAULT)) {
            assertThat(running.awaitRows(rows).stop()).isEqualTo(ExitCode.INTERRUPTED);
        }
    }

    private static List<String> alerts(TestCorpus corpus) {
        return EventReader.readAll(corpus.layout().events()).stream()
                .filter(event ->
                        event.type().equals("alert") && event.text("what").equals("vocabulary"))
                .map(event -> event.text("sequence") + " " + event.text("figure") + " " + event.text("message"))
                .toList();
    }

    private static List<Long> sequences(TestCorpus corpus, String type) {
        return EventReader.readAll(corpus.layout().events()).stream()
                .filter(event -> event.type().equals(type))
                .map(VocabularyDriftIT::sequence)
                .toList();
    }

    private static long sequence(Event event) {
        return Math.round(event.number("sequence", -1));
    }

    private static List<VocabularyFit> fits(TestCorpus corpus) {
        return corpus.commits().stream()
                .flatMap(commit -> commit.vocabulary().stream())
                .toList();
    }

    private static List<VocabularyFit> recomputed(TestCorpus corpus, AlluviumConfig config) {
        Vocabulary vocabulary = Vocabulary.of(config.tokenizer());
        Drift drift = new Drift(config.tokenizer().drift());
        VocabularyFit[] fit = {VocabularyFit.NONE};
        return corpus.commits().stream()
                .map(commit -> fit[0] = drift.next(fit[0], tokens(corpus, vocabulary, commit)))
                .toList();
    }

    private static TextTokens tokens(TestCorpus corpus, Vocabulary vocabulary, LogEntry.Commit commit) {
        TextTokens[] sum = {TextTokens.NONE};
        for (ShardFile shard : commit.shards()) {
            try (ShardReader rows = ShardReader.open(corpus.layout().resolve(shard.path()))) {
                rows.forEachRemaining(
                        row -> sum[0] = sum[0].plus(TokenCounts.of(vocabulary, row.inputIds(), row.textBytes())));
            }
        }
        return sum[0];
    }

    private static String documents(int from, int to, String text) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"id\":\"d%d\",\"text\":\"%s%d\"}\n".formatted(i, text, i));
        }
        return lines.toString();
    }
}
