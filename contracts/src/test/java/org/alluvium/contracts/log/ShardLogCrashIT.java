package org.alluvium.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.alluvium.contracts.ChildProcess;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.store.LocalObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes append to one log as fast as they can, and are killed at random moments. */
class ShardLogCrashIT {

    private static final int KILLS = 12;
    private static final int WRITERS = 3;

    @TempDir
    Path root;

    private final Map<Long, Long> promised = new TreeMap<>();

    @Test
    void noKillTearsTheLogOrTakesBackAnEntryThatAWriterWasPromised() throws Exception {
        killWriters(new Random(20260102));

        List<LogEntry> log = StoreShardLog.of(new CorpusLayout(root)).readFrom(0);
        assertThat(promised).hasSizeGreaterThan(KILLS);
        assertThat(log).hasSizeGreaterThanOrEqualTo(promised.size());
        promised.forEach((sequence, epoch) ->
                assertThat(log.get(Math.toIntExact(sequence)).writerEpoch()).isEqualTo(epoch));
        new LocalObjectStore(root).sweep("log/", Instant.MAX);
        assertThat(leftovers()).isZero();
    }

    private void killWriters(Random random) throws IOException, InterruptedException {
        List<ChildProcess> writers = new ArrayList<>();
        try {
            for (int epoch = 1; epoch <= WRITERS; epoch++) {
                writers.add(start(epoch));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int victim = random.nextInt(writers.size());
                for (int lines = 1 + random.nextInt(20); lines > 0; lines--) {
                    note(writers.get(victim).readLine());
                }
                writers.get(victim).kill();
                drain(writers.set(victim, start(WRITERS + 1 + kill)));
            }
        } finally {
            for (ChildProcess writer : writers) {
                writer.kill();
            }
        }
        for (ChildProcess writer : writers) {
            drain(writer);
        }
    }

    private ChildProcess start(int epoch) throws IOException {
        return ChildProcess.start(Appender.class, root.toString(), Integer.toString(epoch));
    }

    private void drain(ChildProcess killed) throws IOException {
        for (String line = killed.readLine(); line != null; line = killed.readLine()) {
            note(line);
        }
    }

    /** A line cut short by the kill has no full stop. */
    private void note(String line) {
        if (line.endsWith(".")) {
            int space = line.indexOf(' ');
            Long sequence = Long.valueOf(line.substring(0, space));
            Long epoch = Long.valueOf(line.substring(space + 1, line.length() - 1));
            assertThat(promised.put(sequence, epoch)).isNull();
        }
    }

    private long leftovers() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("log"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .count();
        }
    }

    /** Appends for ever, and prints {@code <sequence> <epoch>.} for every entry it was promised. */
    static final class Appender {

        private Appender() {}

        public static void main(String[] arguments) {
            ShardLog log = StoreShardLog.of(new CorpusLayout(Path.of(arguments[0])));
            long epoch = Long.parseLong(arguments[1]);
            for (long next = 0; true; next++) {
                if (log.tryAppend(LogEntries.commit(next, epoch, next))) {
                    System.out.println(next + " " + epoch + ".");
                }
            }
        }
    }
}
