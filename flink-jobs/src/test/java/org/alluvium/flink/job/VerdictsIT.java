package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogTail;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.ingest.reject.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a document depends on the document, and not on how the job runs. */
class VerdictsIT {

    private static final int DOCUMENTS = 1_200;
    private static final int FILES = 12;
    private static final int SAMPLE = 20;

    @TempDir
    Path folder;

    private List<String> texts;

    /**
     * What came of all documents. Of equal texts one is in the corpus whoever comes first, so documents are told by their
     * texts.
     */
    private record Verdicts(Funnel funnel, List<MixtureShare> mixture, Set<String> rows, Set<String> rejects) {

        static Verdicts of(TestCorpus corpus) {
            Set<String> rows = new HashSet<>();
            corpus.rows()
                    .forEach(row -> rows.add(row.contentHash() + " " + row.quality() + " " + row.repeat() + " "
                            + row.language() + " " + row.tokenCount()));
            Set<String> rejects = new HashSet<>();
            new Rejects(corpus.layout(), corpus.log())
                    .sample(
                            SAMPLE,
                            reject -> rejects.add(reject.cause() + " " + reject.hash() + " " + reject.findings()));
            List<MixtureShare> mixture = MixtureShare.sum(corpus.commits().stream()
                    .flatMap(commit -> commit.mixture().stream())
                    .toList());
            return new Verdicts(corpus.funnel(), mixture, rows, rejects);
        }
    }

    @Test
    void theyAreTheSameWithOneSubtaskAndWithFour() throws Exception {
        Verdicts one = Verdicts.of(run("one", 1));

        assertThat(one.funnel().balances()).isTrue();
        assertThat(one.funnel().duplicates()).isPositive();
        assertThat(one.funnel().edits()).containsKey("pii.email");
        assertThat(one.funnel().rejected()).containsKeys("quality.pareto");
        assertThat(one.rows()).isNotEmpty();
        assertThat(one.rejects()).isNotEmpty();
        assertThat(Verdicts.of(run("four", 4))).isEqualTo(one);
    }

    @Test
    void theyAreTheSameAfterAKillAndARestore() throws Exception {
        TestCorpus corpus = corpus("killed");
        Path config = configure("killed", 2, true);
        addFiles(corpus, 0, FILES / 2);
        MortalIngest ingest = MortalIngest.start(config);
        try (LogTail tail = LogTail.open(corpus.layout().create(), 0)) {
            awaitRead(corpus, tail, ingest, 1);
            addFiles(corpus, FILES / 2, FILES);
            ingest.kill();
            ingest = MortalIngest.start(config);
            awaitRead(corpus, tail, ingest, DOCUMENTS);
        } finally {
            ingest.kill();
        }

        assertThat(Verdicts.of(corpus)).isEqualTo(Verdicts.of(run("whole", 1)));
    }

    private static void awaitRead(TestCorpus corpus, LogTail tail, MortalIngest ingest, long records)
            throws InterruptedException {
        while (corpus.funnel().read() < records) {
            assertThat(ingest.isAlive()).as("ingest lives").isTrue();
            tail.next(RunningIngest.PATIENCE);
        }
    }

    private TestCorpus run(String name, int parallelism) throws IOException {
        TestCorpus corpus = corpus(name);
        addFiles(corpus, 0, FILES);
        ExitCode end = IngestProcess.run(
                ConfigLoader.load(configure(name, parallelism, false), List.of()), IngestOptions.DEFAULT);
        assertThat(end).isEqualTo(ExitCode.OK);
        return corpus;
    }

    private TestCorpus corpus(String name) throws IOException {
        texts = JudgedTexts.texts(DOCUMENTS);
        return new TestCorpus(folder.resolve(name));
    }

    private void addFiles(TestCorpus corpus, int from, int to) throws IOException {
        for (int file = from; file < to; file++) {
            StringBuilder lines = new StringBuilder();
            for (int i = file * DOCUMENTS / FILES; i < (file + 1) * DOCUMENTS / FILES; i++) {
                lines.append("{\"id\":\"d")
                        .append(i)
                        .append("\",\"text\":\"")
                        .append(texts.get(i).replace("\n", "\\n"))
                        .append("\"}\n");
            }
            corpus.file("part-" + file + ".jsonl", lines.toString());
        }
    }

    private Path configure(String name, int parallelism, boolean follow) throws IOException {
        Path home = folder.resolve(name);
        return Files.writeString(
                home.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [{name: test, path: in, follow: %s}]
                ingest: {parallelism: %d, checkpointInterval: 200ms, discoveryInterval: 50ms}
                """.formatted(follow, parallelism) + JudgedTexts.writeRecipe(home));
    }
}
