package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.cli.Main;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.MixtureShare;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Judgement;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.RejectOutput;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code corpus funnel}, {@code rejects} and {@code explain} on a corpus that is written by hand. */
class CorpusJudgementTest {

    @TempDir
    Path folder;

    private Path config;
    private CorpusLayout corpus;
    private String printed = "";

    @BeforeEach
    void fillACorpus() throws IOException {
        corpus = new CorpusLayout(folder.resolve("corpus")).create();
        Files.writeString(
                Files.createDirectories(folder.resolve("in")).resolve("a.jsonl"),
                "{\"id\":\"other\",\"text\":\"no\"}\n{\"id\":\"d2\",\"text\":\"two words\"}\n");
        config = Files.writeString(folder.resolve("alluvium.yaml"), """
                corpus: {dir: corpus}
                sources: [{name: crawl, path: in}]
                filters: {custom: [{type: %s, options: {least: "3"}}]}
                """.formatted(FewWords.class.getName()));
        append(0, rejects("first", reject("d1", "so short"), reject("d3", "x".repeat(Reject.EXCERPT_CHARS + 1))));
        append(1, rejects("second", reject("d4", "so short")));
    }

    private static Reject reject(String id, String text) {
        Document document =
                new Document(id, "crawl", "b.jsonl@0", Optional.empty(), text, 0, Optional.empty(), Map.of());
        return Reject.of(
                ContentHasher.v1(text),
                new Judgement.Rejected(
                        Subject.of(document),
                        Map.of(),
                        "few_words",
                        new Decision.Drop("too_few", "then", List.of(Finding.atLeast("too_few", 2, 2.5)))));
    }

    private RecordFile rejects(String name, Reject... rejects) throws IOException {
        String path = "rejects/" + name + RejectOutput.SUFFIX;
        Path file = corpus.resolve(path);
        try (RejectOutput out = new RejectOutput(Files.newOutputStream(file), name)) {
            for (Reject reject : rejects) {
                out.write(reject);
            }
        }
        return new RecordFile(path, rejects.length, Files.size(file), Sha256.of(file));
    }

    private void append(long sequence, RecordFile rejects) {
        Map<String, Long> rejected = Map.of("few_words.too_few", 3L, "not_json", 1L);
        StoreShardLog.of(corpus)
                .tryAppend(new Commit(
                        sequence,
                        1,
                        "lineage",
                        sequence,
                        List.of(),
                        List.of(),
                        List.of(rejects),
                        List.of(),
                        List.of(new MixtureShare("crawl", 0.5, 10, 6)),
                        Map.of(),
                        new Funnel(20, 6, Map.of("near", 10L), rejected, Map.of(), 0, Map.of("pii.email", 2L)),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Instant.EPOCH));
    }

    private int run(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine alluvium = Main.commandLine();
        alluvium.setOut(new PrintWriter(out));
        alluvium.setErr(new PrintWriter(out));
        List<String> line = new ArrayList<>(List.of("corpus"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--config", config.toString()));
        int code = alluvium.execute(line.toArray(String[]::new));
        printed = out.toString();
        return code;
    }

    @Test
    void theFunnelAddsUpTheLogAndSaysWhatShareEachReasonHas() {
        assertThat(run("funnel")).isEqualTo(ExitCode.OK.code());

        assertThat(printed)
                .containsPattern("read +40 +100.00 %")
                .containsPattern("rejected: few_words.too_few +6 +15.00 %")
                .containsPattern("duplicate: near +20 +50.00 %")
                .containsPattern("accepted +12 +30.00 %")
                .containsPattern("pii.email +4")
                .containsPattern("crawl +20 +12 +0.600 +0.500");
    }

    @Test
    void theFunnelAsJsonHasEveryCount() {
        assertThat(run("funnel", "--json")).isEqualTo(ExitCode.OK.code());

        assertThat(printed).contains("\"few_words.too_few\" : 6", "\"near\" : 20", "\"repeats\" : 12");
    }

    @Test
    void rejectsAreShownOnceEachWithWhatWasMeasured() {
        assertThat(run("rejects")).isEqualTo(ExitCode.OK.code());

        assertThat(printed)
                .containsOnlyOnce("so short")
                .contains("== few_words.too_few  d1 of crawl, b.jsonl@0")
                .contains("too_few 2, at least 2.500")
                .contains("… (32,769 characters)");
    }

    @Test
    void rejectsAreChosenByReasonAndLimited() {
        assertThat(run("rejects", "--reason", "few_words", "--limit", "1", "--json"))
                .isEqualTo(ExitCode.OK.code());
        assertThat(printed.lines()).hasSize(1);
        assertThat(printed).contains("\"reason\":\"too_few\"");

        run("rejects", "--reason", "gopher_quality");
        assertThat(printed).isEmpty();
    }

    @Test
    void aRejectedDocumentIsExplainedFromTheRejects() {
        assertThat(run("explain", "d1")).isEqualTo(ExitCode.OK.code());

        assertThat(printed)
                .contains("d1 of crawl, b.jsonl@0: 8 characters, language unknown, from the rejects")
                .containsPattern("few_words +too_few +2 +at least 3 +fails")
                .contains("rejected: few_words.too_few");
    }

    @Test
    void anyOtherDocumentIsExplainedFromItsSource() {
        assertThat(run("explain", "d2", "--json")).isEqualTo(ExitCode.OK.code());

        assertThat(printed).contains("\"where\" : \"from its source\"", "\"decision\" : \"drop\"", "\"value\" : 2.0");
    }

    @Test
    void aTextIsExplainedAsGiven() {
        assertThat(run("explain", "three words here")).isEqualTo(ExitCode.OK.code());
        assertThat(printed).contains("as given").contains("passes");

        assertThat(run("explain", "--text", "word")).isEqualTo(ExitCode.OK.code());
        assertThat(printed).contains("rejected: few_words.too_few");
    }

    @Test
    void aTextIsExplainedFromStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("word\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("explain", "-")).isEqualTo(ExitCode.OK.code());
        } finally {
            System.setIn(before);
        }
        assertThat(printed)
                .contains("text of text, standard input: 4 characters")
                .contains("few_words.too_few");
    }

    @Test
    void aRuleThatIsSwitchedOffIsShownAsOff() throws IOException {
        Files.writeString(config, """
                corpus: {dir: corpus}
                sources: [{name: crawl, path: in}]
                filters: {rules: [{families: [gopher_quality], gopherQuality: {minWords: 0}}]}
                """);

        assertThat(run("explain", "two words")).isEqualTo(ExitCode.OK.code());
        assertThat(printed).containsPattern("gopher_short_doc +2 +off");

        assertThat(run("explain", "two words", "--json")).isEqualTo(ExitCode.OK.code());
        assertThat(printed).doesNotContain("Infinity");
    }

    @Test
    void withoutACorpusADocumentIsLookedForInItsSourceAndAnErrorSaysWhatToDo() throws IOException {
        Files.writeString(config, """
                corpus: {dir: later}
                sources: [{name: crawl, path: in}, {name: none, path: missing}]
                """);

        assertThat(run("explain", "d2")).isEqualTo(ExitCode.OK.code());
        assertThat(run("explain", "d9")).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(printed).contains("no corpus yet in").contains("--text").contains("standard input");
    }

    @Test
    void aDocumentThatIsNowhereIsAnErrorThatSaysWhatToDo() {
        assertThat(run("explain", "d9")).isEqualTo(ExitCode.UNAVAILABLE.code());

        assertThat(printed).contains("there is no document 'd9'").contains("--text");
    }
}
