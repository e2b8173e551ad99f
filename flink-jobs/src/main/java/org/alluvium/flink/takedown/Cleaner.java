package org.alluvium.flink.takedown;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.alluvium.contracts.document.ChangeCodec;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ObjectStoreException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.Selector;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.contracts.store.LocalFiles;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.contracts.takedown.TakenOut;
import org.alluvium.ingest.deadletter.DeadLetterInput;
import org.alluvium.ingest.deadletter.DeadLetterOutput;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.reject.RejectInput;
import org.alluvium.ingest.reject.RejectOutput;
import org.alluvium.ingest.stored.ChangeOutput;
import org.alluvium.ingest.stored.RecordSink;
import org.alluvium.tokenizer.shard.ShardReader;
import org.alluvium.tokenizer.shard.ShardVerifier;
import org.alluvium.tokenizer.shard.ShardWriter;

/**
 * Writes files of a corpus again without records that are out of it. The old file stays as it is; the new one has a name that
 * nobody else uses, is durable when a method returns, and is no part of the corpus until the log says so. Not thread-safe.
 */
public final class Cleaner {

    /** What a name has got when its file was written again before. */
    private static final Pattern AGAIN = Pattern.compile("~[0-9a-z-]+$");

    private final LocalFiles files;
    private final ObjectStore store;
    private final Path scratch;
    private final Supplier<String> unique;

    /**
     * A cleaner of a corpus.
     *
     * @param files gives files of the corpus
     * @param store where new ones go
     * @param scratch folder of this machine in which they are written; made when it is needed
     * @param unique gives a part of a name that it gives to nobody else: lower-case letters, digits and hyphens
     */
    public Cleaner(LocalFiles files, ObjectStore store, Path scratch, Supplier<String> unique) {
        this.files = files;
        this.store = store;
        this.scratch = scratch;
        this.unique = unique;
    }

    /** What becomes of a row that is out. */
    public enum Rows {
        /** It leaves a hole, as positions in the shard may be known already. */
        LEAVE_HOLES,
        /** It is as if it had never been there. */
        VANISH
    }

    /**
     * A shard written again.
     *
     * @param file what the log is to name; of no rows if none was left and none was kept
     * @param taken the rows that are out, by their index in the old file, in ascending order
     */
    public record CleanShard(ShardFile file, SortedMap<Long, ShardRow> taken) {

        /**
         * The documents of these rows that are out for an address or a text: other records of theirs, which have neither, can
         * only be told by what the rows say.
         */
        Set<Selector.Id> documents(TakenOut out) {
            return taken.values().stream()
                    .filter(row -> !Barred.byName(out, row.documentId(), row.source()))
                    .map(row -> new Selector.Id(row.documentId(), Optional.of(row.source())))
                    .collect(Collectors.toSet());
        }
    }

    /**
     * A shard without what is out; empty if nothing of it is. What was written is read again and compared with the old file.
     *
     * @throws org.alluvium.contracts.error.DataException if the old file is not what the log says, or the new one not what was
     *     to be written
     */
    public Optional<CleanShard> shard(ShardFile shard, TakenOut out, Rows rows) {
        Path from = files.get(shard.path(), shard.bytes(), shard.sha256());
        ShardVerifier.verifyDigest(from, shard);
        SortedMap<Long, ShardRow> taken = taken(from, out);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        String path = again(shard.path());
        Path to = begin(path);
        try {
            ShardFile written = copy(from, to, path, out, rows);
            publish(to, path);
            Path published = files.get(path, written.bytes(), written.sha256());
            ShardVerifier.verify(published, written);
            compare(from, published, taken.keySet(), rows);
            return Optional.of(new CleanShard(written, taken));
        } finally {
            discard(to);
        }
    }

    /** The rows of a shard that are out, by their index, in ascending order. */
    SortedMap<Long, ShardRow> taken(ShardFile shard, TakenOut out) {
        return taken(files.get(shard.path(), shard.bytes(), shard.sha256()), out);
    }

    private static SortedMap<Long, ShardRow> taken(Path shard, TakenOut out) {
        SortedMap<Long, ShardRow> taken = new TreeMap<>();
        try (ShardReader reader = ShardReader.open(shard)) {
            while (reader.hasNext()) {
                ShardRow row = reader.next();
                if (Barred.by(out, row)) {
                    taken.put(reader.position() - 1, row);
                }
            }
        }
        return taken;
    }

    private static ShardFile copy(Path from, Path to, String path, TakenOut out, Rows rows) {
        try (ShardReader reader = ShardReader.open(from);
                ShardWriter writer = ShardWriter.open(to, reader.metadata().current())) {
            while (reader.hasNext()) {
                ShardRow row = reader.next();
                if (!Barred.by(out, row)) {
                    writer.write(row);
                } else if (rows == Rows.LEAVE_HOLES) {
                    writer.write(row.hole());
                }
            }
            return writer.finish(path);
        }
    }

    /** Every row that stays must be there as it was, in its order, and nothing else but holes. */
    private static void compare(Path old, Path written, Set<Long> taken, Rows rows) {
        try (ShardReader before = ShardReader.open(old);
                ShardReader after = ShardReader.open(written)) {
            boolean same = true;
            while (same && before.hasNext()) {
                boolean out = taken.contains(before.position());
                ShardRow row = before.next();
                if (!out || rows == Rows.LEAVE_HOLES) {
                    same = after.hasNext() && (out ? row.hole() : row).equalTo(after.next());
                }
            }
            if (!same || after.hasNext()) {
                throw new DataException(
                        "written again without what was taken down, the shard is not what it was",
                        written.toString(),
                        "Nothing was replaced. Check the disk, and run 'alluvium takedown --finish'");
            }
        }
    }

    /**
     * Dead letters without what those hold that are out; empty if none is. A letter is known by its number in its file, so
     * each of them leaves a blank one.
     *
     * @param published when the log named the file
     */
    public Optional<RecordFile> letters(RecordFile file, Instant published, TakenOut out) {
        Source<DeadLetter> source = consumer -> DeadLetterInput.read(
                local(file), file.records(), published, (number, letter) -> consumer.accept(letter));
        return records(
                file,
                stem(file.path()) + DeadLetterOutput.SUFFIX,
                source,
                letter -> Barred.by(out, letter) ? Optional.of(letter.blank()) : Optional.empty(),
                DeadLetterOutput::new);
    }

    /** Rejects without those that are out; empty if none is. */
    public Optional<RecordFile> rejects(RecordFile file, TakenOut out) {
        return without(
                file,
                consumer -> RejectInput.read(local(file), file.records(), consumer),
                reject -> Barred.by(out, reject),
                RejectOutput::new);
    }

    /** Changes without those that are out; empty if none is. */
    public Optional<RecordFile> changes(RecordFile file, TakenOut out) {
        return without(
                file,
                consumer -> ChangeCodec.readFile(local(file)).forEach(consumer),
                change -> Barred.by(out, change),
                (stream, name) -> new ChangeOutput(stream));
    }

    private Path local(RecordFile file) {
        return files.get(file.path(), file.bytes(), file.sha256());
    }

    @FunctionalInterface
    private interface Source<T> {
        void read(Consumer<T> consumer) throws IOException;
    }

    @FunctionalInterface
    private interface Target<T> {
        RecordSink<T> open(OutputStream out, String name) throws IOException;
    }

    private <T> Optional<RecordFile> without(RecordFile file, Source<T> source, Predicate<T> barred, Target<T> target) {
        List<T> kept = new ArrayList<>();
        read(file, source, row -> {
            if (!barred.test(row)) {
                kept.add(row);
            }
        });
        return kept.size() == file.records() ? Optional.empty() : Optional.of(write(again(file.path()), kept, target));
    }

    /** @param instead of a record, if anything */
    private <T> Optional<RecordFile> records(
            RecordFile file, String name, Source<T> source, Function<T, Optional<T>> instead, Target<T> target) {
        List<T> all = new ArrayList<>();
        boolean[] changed = {false};
        read(file, source, row -> {
            Optional<T> other = instead.apply(row);
            changed[0] |= other.isPresent();
            all.add(other.orElse(row));
        });
        return changed[0] ? Optional.of(write(again(name), all, target)) : Optional.empty();
    }

    private static <T> void read(RecordFile file, Source<T> source, Consumer<T> consumer) {
        try {
            source.read(consumer);
        } catch (IOException e) {
            throw StorageException.of("read records", Path.of(file.path()), e);
        }
    }

    private <T> RecordFile write(String path, List<T> records, Target<T> target) {
        Path to = begin(path);
        try {
            try (RecordSink<T> sink = target.open(Files.newOutputStream(to), nameOf(path))) {
                for (T row : records) {
                    sink.write(row);
                }
            }
            RecordFile written = new RecordFile(path, records.size(), Files.size(to), Sha256.of(to));
            publish(to, path);
            return written;
        } catch (IOException e) {
            throw StorageException.of("write records", to, e);
        } finally {
            discard(to);
        }
    }

    private String again(String path) {
        String stem = stem(path);
        return AGAIN.matcher(stem).replaceFirst("") + "~" + unique.get() + path.substring(stem.length());
    }

    /** Whether a file is one that was written again: by a sweep, which may not have named it yet, or by a committer. */
    public static boolean isWrittenAgain(String path) {
        return AGAIN.matcher(stem(path)).find();
    }

    /** A path without what follows the first dot of its name. */
    private static String stem(String path) {
        int dot = path.indexOf('.', path.lastIndexOf('/'));
        return dot < 0 ? path : path.substring(0, dot);
    }

    private Path begin(String path) {
        try {
            return Files.createDirectories(scratch).resolve(nameOf(path));
        } catch (IOException e) {
            throw StorageException.of("make a folder for scratch files", scratch, e);
        }
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void publish(Path file, String path) {
        try {
            store.upload(file, path);
        } catch (IOException e) {
            throw StorageException.of("write a file without what was taken down", Path.of(path), e);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes sure that files are there which are about to be published, long after they were written.
     *
     * @throws DataException if one is not
     */
    public void requireThere(Iterable<String> paths) {
        for (String path : paths) {
            try {
                store.open(path).close();
            } catch (NoSuchFileException e) {
                throw gone(path);
            } catch (ObjectStoreException e) {
                if (e.mayPass()) {
                    throw StorageException.of("find a file that is to be published", Path.of(path), e);
                }
                throw gone(path);
            } catch (IOException e) {
                throw StorageException.of("find a file that is to be published", Path.of(path), e);
            }
        }
    }

    private DataException gone(String path) {
        return new DataException(
                "the restored Flink checkpoint is to publish this file, which is not there: it was cleared away while"
                        + " another process had taken over",
                store.where(path),
                "Restore a newer checkpoint, or the file from a copy");
    }

    /** Destroys files that are no part of the corpus any more. */
    public void destroy(Iterable<String> paths) {
        for (String path : paths) {
            try {
                store.delete(path);
            } catch (IOException e) {
                throw StorageException.of("destroy what was taken down", Path.of(path), e);
            }
        }
    }
}
