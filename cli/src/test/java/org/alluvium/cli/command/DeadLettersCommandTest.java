package org.alluvium.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.cli.Main;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DeadLettersCommandTest {

    private static final Instant COMMITTED = Instant.parse("2026-11-22T06:00:00Z");
    private static final byte[] LATIN_1 = {'c', 'a', 'f', (byte) 0xE9};

    @TempDir
    Path folder;

    private CorpusLayout corpus;
    private String printed = "";

    @BeforeEach
    void fillACorpus() throws IOException {
        corpus = new CorpusLayout(folder.resolve("corpus")).create();
        RecordFile first = file("first", letter("news", "a@0", DeadLetterReason.NOT_JSON, "{".getBytes(UTF_8)));
        RecordFile second = file(
                "second",
                letter("news", "a@2", DeadLetterReason.INVALID_UTF8, LATIN_1),
                letter("mail", "b@0", DeadLetterReason.NOT_JSON, "}".getBytes(UTF_8)));
        RecordFile third = file("third", unreadable());
        append(0, first, second);
        append(1, third);
    }

    private static DeadLetter letter(String source, String origin, DeadLetterReason reason, byte[] bytes) {
        return new DeadLetter(source, origin, 0, Optional.empty(), 1, reason, "the detail", bytes, bytes.length);
    }

    private static DeadLetter unreadable() {
        return new DeadLetter(
                "news",
                "c@0",
                0,
                Optional.empty(),
                1,
                DeadLetterReason.FILE_UNREADABLE,
                "permission denied",
                new byte[0],
                DeadLetter.UNKNOWN_LENGTH);
    }

    private RecordFile file(String name, DeadLetter... letters) throws IOException {
        String path = "dead-letters/" + name + DeadLetterOutput.SUFFIX;
        Path file = corpus.resolve(path);
        try (DeadLetterOutput out = new DeadLetterOutput(Files.newOutputStream(file), name)) {
            for (DeadLetter letter : letters) {
                out.write(letter);
            }
        }
        return new RecordFile(path, letters.length, Files.size(file), Sha256.of(file));
    }

    private void append(long sequence, RecordFile... files) {
        StoreShardLog.of(corpus)
                .tryAppend(new Commit(
                        sequence,
                        1,
                        "lineage",
                        sequence,
                        List.of(),
                        List.of(files),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Funnel.EMPTY,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        COMMITTED));
    }

    private int run(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine alluvium = Main.commandLine();
        alluvium.setOut(new PrintWriter(out));
        alluvium.setErr(new PrintWriter(out));
        List<String> line = new ArrayList<>(List.of("deadletters"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--corpus", corpus.root().toString()));
        int code = alluvium.execute(line.toArray(String[]::new));
        printed = out.toString();
        return code;
    }

    @Test
    void everyLetterIsListedByANameItKeeps() {
        assertThat(run("list")).isZero();
        assertThat(printed.lines())
                .containsExactly(
                        "0.1  news  a@0  not_json: the detail",
                        "0.2  news  a@2  invalid_utf8: the detail",
                        "0.3  mail  b@0  not_json: the detail",
                        "1.1  news  c@0  file_unreadable: permission denied",
                        "4 letters: file_unreadable 1 invalid_utf8 1 not_json 2");
    }

    @Test
    void lettersAreSelectedBySourceAndReason() {
        assertThat(run("list", "--source", "mail", "--reason", "not_json", "--json"))
                .isZero();
        assertThat(printed.lines()).singleElement().asString().contains("\"letter\":\"0.3\"");
        assertThat(run("list", "--reason", "bad_luck")).isEqualTo(ExitCode.USAGE.code());
        assertThat(printed).contains("no dead-letter reason is called bad_luck");
    }

    @Test
    void aLetterIsShownWithWhatCanBeDone() throws IOException {
        Path saved = folder.resolve("record");
        assertThat(run("show", "0.2", "--save", saved.toString())).isZero();
        assertThat(printed).contains("origin    a@2", "refused   2026-11-22T06:00:00Z", "bytes     4", "fed back  no");
        assertThat(Files.readAllBytes(saved)).isEqualTo(LATIN_1);

        assertThat(run("show", "1.1")).isZero();
        assertThat(printed).contains("fed back  cannot be: it stands for what could not be read of a file");
    }

    @Test
    void aLetterIsFedBackOnceAndSaysSo() {
        assertThat(run("replay", "0.1")).isZero();
        assertThat(printed).startsWith("1 letter fed back");
        assertThat(run("replay", "0.1")).isEqualTo(ExitCode.FAILED.code());
        assertThat(printed).contains("0 letters fed back", "1 letter left out: fed back before");
        assertThat(run("list", "--reason", "not_json")).isZero();
        assertThat(printed).contains("0.1  news  a@0  not_json: the detail  (fed back)");
    }

    @Test
    void allThatCanBeAreFedBackAndTheRestIsExplained() {
        assertThat(run("replay", "--all")).isZero();
        assertThat(printed).contains("3 letters fed back", "1 letter left out: it stands for what could not be read");
        assertThat(corpus.replay().resolve("00000000000000000001.jsonl.gz")).isRegularFile();
        assertThat(run("replay", "--source", "news")).isZero();
        assertThat(printed).contains("0 letters fed back", "2 letters left out: fed back before");
    }

    @Test
    void whichLettersMustBeSaidAndTheyMustBeThere() {
        assertThat(run("replay")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("replay", "0.1", "--all")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("replay", "0.1", "7.1")).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(printed).contains("there is no dead letter 7.1");
        assertThat(run("show", "x")).isEqualTo(ExitCode.USAGE.code());
        assertThat(corpus.replay()).isEmptyDirectory();
    }
}
