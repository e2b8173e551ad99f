package org.alluvium.flink.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.document.ChangeCodec;
import org.alluvium.contracts.document.DocumentChange;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.Funnel;
import org.alluvium.contracts.log.LogEntry;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.takedown.CorpusFiles;
import org.alluvium.ingest.deadletter.DeadLetters;
import org.alluvium.ingest.deadletter.Replay;
import org.alluvium.ingest.deadletter.ReplayFolder;
import org.alluvium.ingest.deadletter.StoredLetter;
import org.alluvium.tokenizer.shard.ShardReader;

/** A folder of documents, a configuration that reads it, and the corpus that comes out of it. */
final class TestCorpus {

    private final Path folder;
    private final List<String> settings = new ArrayList<>();

    TestCorpus(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("in")).getParent();
    }

    /** Adds lines {@code {"id":"<from>"...}} to a new input file; the text of document n says n. */
    TestCorpus file(String name, int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"id\":\"d")
                    .append(i)
                    .append("\",\"text\":\"document number ")
                    .append(i)
                    .append("\"}\n");
        }
        return file(name, lines.toString());
    }

    TestCorpus file(String name, String content) throws IOException {
        Files.write(folder.resolve("in").resolve(name), content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A key of the {@code ingest} section other than by default. */
    TestCorpus with(String key, Object value) {
        settings.add("ingest." + key + "=" + value);
        return this;
    }

    /** @param others further {@code key=value} pairs, for this configuration alone */
    AlluviumConfig config(boolean follow, int parallelism, String... others) throws IOException {
        Path file = folder.resolve("alluvium.yaml");
        Files.writeString(file, """
                corpus: {dir: corpus}
                sources: [{name: test, path: in, follow: %s}]
                ingest: {parallelism: %d, checkpointInterval: 200ms, discoveryInterval: 50ms}
                """.formatted(follow, parallelism));
        return ConfigLoader.load(
                file, Stream.concat(settings.stream(), Stream.of(others)).toList());
    }

    CorpusLayout layout() {
        return new CorpusLayout(folder.resolve("corpus"));
    }

    StoreShardLog log() {
        return StoreShardLog.of(layout());
    }

    List<LogEntry.Commit> commits() {
        return log().readFrom(0).stream()
                .filter(LogEntry.Commit.class::isInstance)
                .map(LogEntry.Commit.class::cast)
                .toList();
    }

    Funnel funnel() {
        return commits().stream().map(LogEntry.Commit::funnel).reduce(Funnel.EMPTY, Funnel::plus);
    }

    /** How many records of a source, read by one task, an entry counts by its position. */
    static long recordsOf(String source, LogEntry entry) {
        return entry instanceof LogEntry.Commit commit
                        && commit.sourcePositions().containsKey(source)
                ? commit.sourcePositions().get(source).records()
                : 0;
    }

    /** Ids of all documents that exist, in the order in which the trainer would read them. */
    List<String> documentIds() {
        return rows().stream().map(ShardRow::documentId).toList();
    }

    List<ShardRow> rows() {
        List<ShardRow> rows = new ArrayList<>();
        CorpusFiles files = new CorpusFiles(layout());
        for (LogEntry.Commit commit : commits()) {
            for (ShardFile shard : commit.shards()) {
                try (ShardReader reader = ShardReader.open(files.file(shard))) {
                    reader.forEachRemaining(rows::add);
                }
            }
        }
        return rows;
    }

    /** Every change that the log names, in its order. */
    List<DocumentChange> changes() throws IOException {
        List<DocumentChange> changes = new ArrayList<>();
        for (LogEntry.Commit commit : commits()) {
            for (LogEntry.RecordFile file : commit.changes()) {
                changes.addAll(ChangeCodec.readFile(layout().resolve(file.path())));
            }
        }
        return changes;
    }

    /** Every record that was refused, in the order of the log. */
    List<StoredLetter> letters() {
        List<StoredLetter> letters = new ArrayList<>();
        new DeadLetters(layout(), log()).forEach(letters::add);
        return letters;
    }

    /** Feeds back every letter that has not been yet; returns how many. */
    long feedBackAll() {
        Replay replay = new Replay(ReplayFolder.of(layout()));
        letters().forEach(replay::offer);
        return replay.finish().fedBack();
    }

    static List<String> ids(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ids.add("d" + i);
        }
        return ids;
    }
}
