package org.alluvium.gateway.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.store.ProcessLock;
import org.alluvium.gateway.batch.PushedRecord;
import org.alluvium.ingest.file.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T00:00:00Z"));
    private static final SpoolSettings LAZY = new SpoolSettings(Duration.ofHours(1), 1 << 20, 1 << 30);

    @TempDir
    private Path folder;

    private static List<PushedRecord> records(String... lines) {
        return Stream.of(lines)
                .map(line -> new PushedRecord(line.getBytes(StandardCharsets.UTF_8), Optional.empty()))
                .toList();
    }

    /** What ingest would find, in the order in which it would read it. */
    private List<String> published() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files()) {
            if (!file.getFileName().toString().startsWith(".")) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void recordsAreKeptInTheOrderOfTheirRequests() throws Exception {
        try (Spool spool = Spool.open(folder, LAZY, CLOCK)) {
            spool.write(records("1", "2")).get();
            spool.write(records("3")).get();
        }
        assertThat(published()).containsExactly("1", "2", "3");
    }

    @Test
    void anOriginIsWhereTheLineBegins() throws Exception {
        String longerThanAChunk = "x".repeat(3 << 20);
        List<String> origins = new ArrayList<>();
        try (Spool spool = Spool.open(folder, new SpoolSettings(Duration.ofHours(1), 1 << 30, 1 << 30), CLOCK)) {
            origins.addAll(spool.write(records("é", longerThanAChunk)).get());
            origins.addAll(spool.write(records("last")).get());
        }
        byte[] content = Files.readAllBytes(files().getFirst());
        assertThat(origins.stream().map(origin -> lineAt(content, Origin.parse(origin))))
                .containsExactly("é", longerThanAChunk, "last");
    }

    private String lineAt(byte[] content, Origin origin) {
        String rest = new String(
                content, (int) origin.position(), content.length - (int) origin.position(), StandardCharsets.UTF_8);
        return rest.substring(0, rest.indexOf('\n'));
    }

    @Test
    void whatIsAcknowledgedIsOnTheDiskBeforeIngestCanSeeIt() throws Exception {
        try (Spool spool = Spool.open(folder, LAZY, CLOCK)) {
            spool.write(records("here")).get();
            assertThat(published()).isEmpty();
            assertThat(Files.readString(files().getFirst())).isEqualTo("here\n");
        }
    }

    @Test
    void aFullSegmentIsPublishedAtOnce() throws Exception {
        try (Spool spool = Spool.open(folder, new SpoolSettings(Duration.ofHours(1), 4, 1 << 30), CLOCK)) {
            spool.write(records("full")).get();
            spool.write(records("next")).get();
            assertThat(published()).contains("full");
        }
        assertThat(published()).containsExactly("full", "next");
    }

    @Test
    void requestsThatArriveDuringAnFsyncShareTheNext() throws Exception {
        ScriptedFiles files = new ScriptedFiles();
        try (Spool spool = files.open()) {
            files.holdForces();
            CompletableFuture<List<String>> first = spool.write(records("first"));
            files.awaitForce();
            List<CompletableFuture<List<String>>> others = IntStream.range(0, 50)
                    .mapToObj(i -> spool.write(records("other " + i)))
                    .toList();
            files.releaseForces();
            first.get();
            CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get();
            assertThat(files.forces).hasValue(2);
        }
        assertThat(published()).hasSize(51).startsWith("first", "other 0");
    }

    @Test
    void aGroupThatCannotBeWrittenIsRefusedAndLeavesNoTrace() throws Exception {
        ScriptedFiles files = new ScriptedFiles();
        try (Spool spool = files.open()) {
            spool.write(records("kept")).get();
            files.failing = true;
            assertThatThrownBy(() -> spool.write(records("lost")).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StorageException.class)
                    .hasMessageContaining("no space left");
            assertThat(spool.healthy()).isFalse();
            files.failing = false;
            spool.write(records("kept again")).get();
            assertThat(spool.healthy()).isTrue();
        }
        assertThat(published()).containsExactly("kept", "kept again");
    }

    @Test
    void whatAKilledGatewayLeftIsPublishedUpToItsLastLine() throws Exception {
        Files.writeString(folder.resolve(".0000000000007-00000001.jsonl"), "whole\nalso whole\n{\"torn");
        Files.writeString(folder.resolve(".0000000000007-00000002.jsonl"), "{\"torn");
        Spool.open(folder, LAZY, CLOCK).close();
        assertThat(published()).containsExactly("whole", "also whole");
        assertThat(files()).hasSize(1);
    }

    @Test
    void namesKeepTheirOrderWhenTheClockGoesBack() throws Exception {
        for (long millis : new long[] {2_000, 1_000, 1_000}) {
            try (Spool spool = Spool.open(folder, LAZY, InstantSource.fixed(Instant.ofEpochMilli(millis)))) {
                spool.write(records("gateway " + files().size())).get();
            }
        }
        assertThat(published()).containsExactly("gateway 0", "gateway 1", "gateway 2");
    }

    @Test
    void aSecondGatewayIsRefused() {
        try (Spool first = Spool.open(folder, LAZY, CLOCK)) {
            assertThatThrownBy(() -> Spool.open(folder, LAZY, CLOCK))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("already at work");
            assertThat(first.healthy()).isTrue();
        }
    }

    @Test
    void theBacklogGrowsWithWhatIsKept() throws Exception {
        try (Spool spool = Spool.open(folder, new SpoolSettings(Duration.ofHours(1), 1 << 20, 10), CLOCK)) {
            assertThat(spool.backlog().refusal()).isEmpty();
            spool.write(records("0123456789")).get();
            assertThat(spool.backlog().refusal().orElseThrow()).contains("11 bytes behind", "more than 10");
        }
    }

    @Test
    void whatIsSentToAClosedSpoolIsRefused() {
        Spool spool = Spool.open(folder, LAZY, CLOCK);
        spool.close();
        assertThat(spool.write(records("late"))).isCompletedExceptionally();
    }

    /** Files that can be made to fail, or to take their time. */
    private final class ScriptedFiles {

        private final Phaser gate = new Phaser(1);
        private final CompletableFuture<Void> forceBegan = new CompletableFuture<>();
        private volatile boolean held;
        private volatile boolean failing;
        private final AtomicInteger forces = new AtomicInteger();

        Spool open() {
            ProcessLock lock = ProcessLock.acquire(folder.resolve(SpoolFolder.LOCK), "the gateway");
            SpoolFolder real = new SpoolFolder(folder, CLOCK.millis());
            return new Spool(real, name -> scripted(real.create(name)), folder, LAZY, lock);
        }

        void holdForces() {
            held = true;
        }

        void awaitForce() throws Exception {
            forceBegan.get();
        }

        void releaseForces() {
            held = false;
            gate.arrive();
        }

        private SegmentFile scripted(SegmentFile file) {
            return new SegmentFile() {
                @Override
                public void write(ByteBuffer bytes, long position) throws IOException {
                    file.write(bytes, position);
                }

                @Override
                public void force() throws IOException {
                    int phase = gate.getPhase();
                    forceBegan.complete(null);
                    if (held) {
                        gate.awaitAdvance(phase);
                    }
                    if (failing) {
                        throw new IOException("no space left on device");
                    }
                    forces.incrementAndGet();
                    file.force();
                }

                @Override
                public void publish(long length) throws IOException {
                    file.publish(length);
                }
            };
        }
    }
}
