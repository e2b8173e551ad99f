package org.alluvium.contracts.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.contracts.store.ObjectStore;

/**
 * A shard log of one object per entry, {@code <prefix><sequence as 20 digits>.json}, in the format of {@link LogCodec}.
 * Twenty digits hold every {@code long}, and make the order of names the order of entries. Objects of other names below
 * the prefix are left alone.
 */
public final class StoreShardLog implements ShardLog {

    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.json");

    /** Requests at a time for a log that is read from end to end: an object store takes its time for each. */
    private static final int AT_ONCE = 16;

    /** Entries that may have been read and not taken yet. */
    private static final int AHEAD = 4 * AT_ONCE;

    private final ObjectStore store;
    private final String prefix;

    /**
     * A log in a store.
     *
     * @param prefix of the keys of all entries, ending in a slash: {@code log/}
     */
    public StoreShardLog(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** The log of a corpus. */
    public static StoreShardLog of(CorpusLayout corpus) {
        return new StoreShardLog(corpus.store(), CorpusLayout.LOG_PREFIX);
    }

    /**
     * Listing a log of years takes minutes in an object store, so the end is first looked for by trying keys, in twice as many
     * steps as the length has binary digits. What is found is the end of the log or, if entries are lost, of a part of it:
     * only the listing of what follows tells.
     */
    @Override
    public OptionalLong lastSequence() {
        long beyond = 1;
        while (exists(beyond - 1)) {
            beyond *= 2;
        }
        long present = beyond / 2 - 1;
        long absent = beyond - 1;
        while (absent - present > 1) {
            long middle = (present + absent) >>> 1;
            if (exists(middle)) {
                present = middle;
            } else {
                absent = middle;
            }
        }
        return lastSequenceFrom(Math.max(0, present));
    }

    @Override
    public OptionalLong lastSequenceFrom(long first) {
        List<Long> sequences = sequencesFrom(first);
        return sequences.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sequences.get(sequences.size() - 1));
    }

    private boolean exists(long sequence) {
        return content(sequence).isPresent();
    }

    @Override
    public LogEntry read(long sequence) {
        return find(sequence).orElseThrow(() -> missing(sequence));
    }

    @Override
    public Optional<LogEntry> find(long sequence) {
        return content(sequence).map(content -> checked(LogCodec.decode(content, key(sequence)), sequence));
    }

    private Optional<byte[]> content(long sequence) {
        String key = key(sequence);
        try {
            return store.read(key);
        } catch (IOException e) {
            throw StorageException.of("read the shard log", Path.of(key), e);
        }
    }

    @Override
    public void forEachFrom(long sequence, Consumer<LogEntry> reader) {
        List<Long> present = sequencesFrom(sequence);
        long whole = 0;
        while (whole < present.size() && present.get((int) whole) == sequence + whole) {
            whole++;
        }
        if (whole <= AT_ONCE) {
            LongStream.range(sequence, sequence + whole).mapToObj(this::read).forEachOrdered(reader);
        } else {
            readAhead(sequence, sequence + whole, reader);
        }
        if (whole < present.size()) {
            throw missing(sequence + whole);
        }
    }

    /** Several requests at a time, and no more entries in memory than {@link #AHEAD}. */
    private void readAhead(long first, long end, Consumer<LogEntry> reader) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "shard-log");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Deque<CompletableFuture<LogEntry>> ahead = new ArrayDeque<>();
            for (long next = first; next < end; next++) {
                long sequence = next;
                ahead.add(CompletableFuture.supplyAsync(() -> read(sequence), threads));
                if (ahead.size() == AHEAD) {
                    reader.accept(taken(ahead.remove()));
                }
            }
            while (!ahead.isEmpty()) {
                reader.accept(taken(ahead.remove()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static LogEntry taken(CompletableFuture<LogEntry> entry) {
        try {
            return entry.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AlluviumException known) {
                throw known;
            }
            throw e;
        }
    }

    @Override
    public boolean tryAppend(LogEntry entry) {
        String key = key(entry.sequence());
        try {
            return store.createExclusively(key, LogCodec.encode(entry, tree(entry.sequence())));
        } catch (IOException e) {
            throw StorageException.of("append to the shard log", Path.of(key), e);
        }
    }

    /**
     * The Merkle tree of the first entries. Each entry has that of those before it, so one is read; of a log that a release without
     * roots has begun, as many as it has written since the newest that has one.
     *
     * @param size how many entries
     * @throws DataException if one of those that are read is missing or damaged
     */
    public MerkleTree tree(long size) {
        return tree(size, MerkleTree.EMPTY);
    }

    /** @param known of no more entries, which are not read again */
    MerkleTree tree(long size, MerkleTree known) {
        Deque<String> leaves = new ArrayDeque<>();
        Optional<MerkleTree> tree = Optional.empty();
        for (long sequence = size - 1; sequence >= known.size() && tree.isEmpty(); sequence--) {
            StoredEntry entry = stored(sequence);
            leaves.push(entry.leaf());
            tree = entry.before();
        }
        MerkleTree grown = tree.orElse(known);
        for (String leaf : leaves) {
            grown = grown.plus(leaf);
        }
        return grown;
    }

    /**
     * An entry as a leaf of the log's tree.
     *
     * @throws DataException if it is missing or damaged
     */
    public StoredEntry stored(long sequence) {
        byte[] content = content(sequence).orElseThrow(() -> missing(sequence));
        StoredEntry stored = LogCodec.stored(content, key(sequence));
        checked(stored.entry(), sequence);
        return stored;
    }

    private List<Long> sequencesFrom(long first) {
        Optional<String> after = first == 0 ? Optional.empty() : Optional.of(key(first - 1));
        try {
            List<Long> sequences = new ArrayList<>();
            for (String key : store.list(prefix, after)) {
                Matcher name = NAME.matcher(key.substring(prefix.length()));
                if (name.matches()) {
                    sequences.add(Long.parseLong(name.group(1)));
                }
            }
            return sequences;
        } catch (IOException e) {
            throw StorageException.of("list the shard log", Path.of(prefix), e);
        }
    }

    private LogEntry checked(LogEntry entry, long sequence) {
        if (entry.sequence() != sequence) {
            throw new DataException(
                    "the entry says it is number " + entry.sequence() + ", its name says " + sequence,
                    key(sequence),
                    "Restore the file from a copy of the corpus; entries must never be renamed");
        }
        return entry;
    }

    private DataException missing(long sequence) {
        return new DataException(
                "the log entry is missing, although later ones may exist",
                key(sequence),
                "Restore the file from a copy of the corpus; without it nothing after it can be read in order");
    }

    private String key(long sequence) {
        return prefix + String.format(Locale.ROOT, "%020d", sequence) + ".json";
    }
}
