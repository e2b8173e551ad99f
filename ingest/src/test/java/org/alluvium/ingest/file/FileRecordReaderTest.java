package org.alluvium.ingest.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.alluvium.ingest.file.FileFixtures.ReadBack;
import org.alluvium.ingest.file.FileRecordReader.Options;
import org.alluvium.ingest.file.ReadProgress.Status;
import org.alluvium.ingest.frame.LineFraming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRecordReaderTest {

    private static final long MAX_LINE_BYTES = 100_000;

    @TempDir
    Path folder;

    private Options once() {
        return new Options(new LocalFiles(folder), new LineFraming(), false, MAX_LINE_BYTES);
    }

    private Options followed() {
        return new Options(new LocalFiles(folder), new LineFraming(), true, MAX_LINE_BYTES);
    }

    private FileRef write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
        return FileFixtures.ref(folder, name);
    }

    private FileRef write(String name, String content) throws IOException {
        byte[] bytes = name.endsWith(".gz")
                ? FileFixtures.gzip(content)
                : name.endsWith(".zst") ? FileFixtures.zstd(content) : content.getBytes(UTF_8);
        return write(name, bytes);
    }

    private ReadBack read(FileRef file) {
        return FileFixtures.readAll(file, ReadProgress.START, once());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"})
    void everyLineIsARecordEvenTheLastWithoutLineFeed(String name) throws IOException {
        assertThat(read(write(name, "one\n\nthree")).records())
                .containsExactly(name + "@0=one", name + "@4=", name + "@5=three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"})
    void readingGoesOnBehindTheLastRecordFromWhereverItStopped(String name) throws IOException {
        int lines = 40;
        FileRef file = write(
                name,
                IntStream.range(0, lines)
                        .mapToObj(i -> "x".repeat(i * 997 % 5000))
                        .collect(Collectors.joining("\n")));
        List<String> undisturbed = read(file).records();
        for (int stop = 0; stop <= lines; stop++) {
            ReadBack begun = FileFixtures.readUpTo(stop, file, ReadProgress.START, once());
            List<String> together = new ArrayList<>(begun.records());
            together.addAll(FileFixtures.readAll(file, begun.progress(), once()).records());
            assertThat(together).isEqualTo(undisturbed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"})
    void aLineOfFiftyMegabytesIsSkippedAndTheNextIsRead(String name) throws IOException {
        FileRef file = write(name, "one\n" + "x".repeat(50_000_000) + "\nthree\n");
        assertThat(read(file).records())
                .containsExactly(name + "@0=one", name + "@4!LINE_TOO_LONG:50000000", name + "@50000005=three");
    }

    @Test
    void theLongestLineThatIsAllowedIsRead() throws IOException {
        String longest = "x".repeat((int) MAX_LINE_BYTES);
        FileRef file = write("a", longest + "\n" + longest + "y\n" + longest);
        assertThat(read(file).records())
                .containsExactly("a@0=" + longest, "a@100001!LINE_TOO_LONG:100001", "a@200003=" + longest);
    }

    @Test
    void theMembersOfAGzipFileAreOneContent() throws IOException {
        byte[] members = FileFixtures.concat(
                FileFixtures.gzip("one\ntw"), FileFixtures.gzip(""), FileFixtures.gzip("o\nthree\n"));
        assertThat(read(write("a.gz", members)).records()).containsExactly("a.gz@0=one", "a.gz@4=two", "a.gz@8=three");
    }

    @Test
    void theFramesOfAZstandardFileAreOneContent() throws IOException {
        byte[] frames = FileFixtures.concat(FileFixtures.zstd("one\ntw"), FileFixtures.zstd("o\nthree\n"));
        assertThat(read(write("a.zst", frames)).records())
                .containsExactly("a.zst@0=one", "a.zst@4=two", "a.zst@8=three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.gz", "a.zst"})
    void garbageBehindGoodContentCostsNothingOfIt(String name) throws IOException {
        byte[] good = name.endsWith(".gz") ? FileFixtures.gzip("one\ntwo\n") : FileFixtures.zstd("one\ntwo\n");
        FileRef file = write(name, FileFixtures.concat(good, "garbage, and more of it".getBytes(UTF_8)));
        assertThat(read(file).records()).containsExactly(name + "@0=one", name + "@4=two", name + "@8!FILE_DAMAGED");
    }

    private static String originOf(String record) {
        return record.substring(0, record.indexOf('='));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.gz", "a.zst"})
    void aFileCutAnywhereGivesAPrefixOfItsRecordsAndOneFailure(String name) throws IOException {
        String content = IntStream.range(0, 200).mapToObj(i -> "line " + i * i).collect(Collectors.joining("\n"));
        byte[] whole = name.endsWith(".gz")
                ? FileFixtures.concat(FileFixtures.gzip(content), FileFixtures.gzip("\nlast"))
                : FileFixtures.concat(FileFixtures.zstd(content), FileFixtures.zstd("\nlast"));
        List<String> all = read(write(name, whole)).records();
        int endOfFirst = whole.length
                - (name.endsWith(".gz") ? FileFixtures.gzip("\nlast").length : FileFixtures.zstd("\nlast").length);
        for (int length = 0; length < whole.length; length++) {
            List<String> cut = read(write(name, Arrays.copyOf(whole, length))).records();
            if (length == endOfFirst) {
                assertThat(cut).isEqualTo(all.subList(0, all.size() - 1));
                continue;
            }
            int good = cut.size() - 1;
            assertThat(cut.subList(0, good)).isEqualTo(all.subList(0, good));
            assertThat(cut.get(good)).isEqualTo(originOf(all.get(good)) + "!FILE_DAMAGED");
        }
    }

    @Test
    void damageInALaterMemberCostsNothingOfTheEarlierOnes() throws IOException {
        byte[] second = FileFixtures.gzip("three\nfour\n");
        second[second.length - 6] ^= 1; // its checksum
        FileRef file = write("a.gz", FileFixtures.concat(FileFixtures.gzip("one\ntwo\n"), second));
        assertThat(read(file).records()).startsWith("a.gz@0=one", "a.gz@4=two").endsWith("a.gz@19!FILE_DAMAGED");
    }

    @Test
    void aRefusedFileIsNotReadAgain() throws IOException {
        FileRef file = write("a.gz", "not gzip".getBytes(UTF_8));
        ReadBack refused = read(file);
        assertThat(refused.progress().status()).isEqualTo(Status.REFUSED);
        assertThat(FileFixtures.readAll(file, refused.progress(), once()).records())
                .isEmpty();
    }

    @Test
    void aLastLineThatIsStillBeingWrittenWaitsForItsLineFeed() throws IOException {
        ReadBack first = FileFixtures.readAll(write("a", "one\ntw"), ReadProgress.START, followed());
        assertThat(first.records()).containsExactly("a@0=one");
        assertThat(first.progress().offset()).isEqualTo(4);

        Files.writeString(folder.resolve("a"), "o\nthree\n", StandardOpenOption.APPEND);
        ReadBack second = FileFixtures.readAll(
                FileFixtures.ref(folder, "a"), first.progress().withStatus(Status.OPEN), followed());
        assertThat(second.records()).containsExactly("a@4=two", "a@8=three");
    }

    @Test
    void whatIsAppendedWhileAFileIsReadIsLeftForLater() throws IOException {
        FileRef file = write("a", "one\n");
        Files.writeString(folder.resolve("a"), "two\n", StandardOpenOption.APPEND);
        assertThat(FileFixtures.readAll(file, ReadProgress.START, followed()).records())
                .containsExactly("a@0=one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.gz", "a.zst"})
    void aFileThatWasReplacedByAnotherIsRefusedAndNotMixedIn(String name) throws IOException {
        ReadBack first = FileFixtures.readUpTo(1, write(name, "one\ntwo\n"), ReadProgress.START, followed());
        FileRef replaced = write(name, "uno\ndue\ntre\n");
        assertThat(FileFixtures.readAll(replaced, first.progress(), followed()).records())
                .containsExactly(name + "@4!FILE_CHANGED");
    }

    @Test
    void aFileThatShrinksUnderUsKeepsItsGoodRecords() throws IOException {
        FileRef file = write("a", "one\ntwo\nthree\n");
        Files.writeString(folder.resolve("a"), "one\ntw");
        assertThat(read(file).records()).containsExactly("a@0=one", "a@4!FILE_CHANGED");
    }

    @Test
    void aFileThatWasDeletedIsOneFailure() throws IOException {
        FileRef file = write("a", "one\n");
        Files.delete(folder.resolve("a"));
        assertThat(read(file).records()).containsExactly("a@0!FILE_MISSING");
    }

    @Test
    void aFileThatCannotBeReadIsOneFailure() throws IOException {
        // A folder can be opened and not read, even by a user whom no permission stops.
        Files.createDirectory(folder.resolve("a"));
        assertThat(read(new FileRef("news", "a", 10, 1000)).records()).containsExactly("a@0!FILE_UNREADABLE");
    }
}
