package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.log.LogEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source that is faster than the sink is slowed by Flink's back-pressure, never held in memory. Reading and parsing are
 * several times as fast as tokenizing and writing, so of input that is larger than the heap most would pile up in it
 * if anything between the two kept what it cannot pass on. {@code -Dalluvium.backpressure.documents=80000} makes it minutes.
 */
class BackPressureIT {

    private static final int DOCUMENTS = Integer.getInteger("alluvium.backpressure.documents", 8_000);
    private static final int DOCUMENT_WORDS = 4_000;
    private static final List<String> SMALL_MEMORY =
            List.of("-Xmx96m", "-XX:MaxDirectMemorySize=96m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    @TempDir
    Path folder;

    @Test
    void inputThatIsLargerThanTheHeapPassesThroughItFromASourceTwiceAsFast() throws Exception {
        TestCorpus corpus = new TestCorpus(folder);
        long bytes = write(folder.resolve("in").resolve("large.jsonl.gz"));
        AlluviumConfig config = corpus.config(false, 1);

        Path times = folder.resolve("times");
        Process child = new ProcessBuilder(SmallHeapMain.command(SMALL_MEMORY, folder.resolve("alluvium.yaml"), times))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
        try {
            assertThat(child.waitFor())
                    .as(() -> "exit code of the child, which wrote: " + logOf(child))
                    .isZero();
        } finally {
            child.destroyForcibly();
        }

        SmallHeapMain.Times source = SmallHeapMain.Times.read(times);
        assertThat(source.busyMillis() + source.heldMillis())
                .as("time that the source takes, which alone would take %s", source)
                .isGreaterThan(2 * source.busyMillis());
        assertThat(bytes).as("text that would not fit into the heap").isGreaterThan(96L << 20);
        assertThat(corpus.funnel().accepted()).isEqualTo(DOCUMENTS);
        assertThat(corpus.funnel().balances()).isTrue();
        assertThat(corpus.commits())
                .as("checkpoints go on under back-pressure")
                .filteredOn(commit -> !commit.shards().isEmpty())
                .hasSizeGreaterThan(3)
                .allSatisfy(commit -> assertThat(commit.freshness()).isPresent());
        assertThat(config.corpus().dir().folder()).contains(corpus.layout().root());
        assertThat(corpus.commits().get(corpus.commits().size() - 1)).matches(LogEntry.Commit::endOfInput);
    }

    private String logOf(Process ended) {
        try {
            return ended.pid() + ":\n" + Files.readString(folder.resolve("child.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Writes documents of words that no text has in common with another; returns their length before compression. */
    private static long write(Path file) throws IOException {
        Random random = new Random(7);
        long bytes = 0;
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            String[] words = random.ints(500, 0, 1 << 20)
                    .mapToObj(number -> Integer.toString(number, 36))
                    .toArray(String[]::new);
            for (int document = 0; document < DOCUMENTS; document++) {
                StringBuilder line = new StringBuilder("{\"id\":\"d")
                        .append(document)
                        .append("\",\"text\":\"document ")
                        .append(document);
                int stride = 1 + random.nextInt(words.length - 1);
                for (int word = 0; word < DOCUMENT_WORDS; word++) {
                    line.append(' ').append(words[word * stride % words.length]);
                }
                byte[] encoded = line.append("\"}\n").toString().getBytes(StandardCharsets.UTF_8);
                out.write(encoded);
                bytes += encoded.length;
            }
        }
        return bytes;
    }
}
