package org.alluvium.ingest.deadletter;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.ingest.record.DeadLetter;

/**
 * The dead letters that have been fed back: {@code replay/<number as 20 digits>.jsonl.gz}, numbered from 1 without gaps,
 * each one or more lines of {@link DeadLetterJson} version 2, gzipped. The ingest job reads the folder like any source; it
 * is also the only memory of what has been fed back, so files in it are never changed or removed.
 *
 * <p>A letter is fed back once. Files are created exclusively: of two processes that feed back the same letter at the same
 * time, one gets the next number, and the other reads what the first has written before it tries again. Not thread-safe.
 */
public final class ReplayFolder {

    /** How names of its files end. */
    static final String SUFFIX = ".jsonl.gz";

    private final ObjectStore store;
    private final Set<LetterId> replayed = new HashSet<>();
    private long files;

    /** The folder as it is now. */
    public ReplayFolder(ObjectStore corpus) {
        this.store = corpus;
        readOn();
    }

    /** The folder of a corpus. */
    public static ReplayFolder of(CorpusLayout corpus) {
        return new ReplayFolder(corpus.store());
    }

    /** Names of its files, in their order. */
    List<String> fileNames() {
        return LongStream.rangeClosed(1, files).mapToObj(ReplayFolder::fileName).toList();
    }

    /** Whether the letter has been fed back before. */
    public boolean contains(LetterId id) {
        return replayed.contains(id);
    }

    /**
     * Feeds letters back, durably and all at once: they become one file.
     *
     * @return those that had not been fed back before
     */
    public List<StoredLetter> add(List<StoredLetter> letters) {
        while (true) {
            Set<LetterId> inTheFile = new HashSet<>();
            List<StoredLetter> fresh = letters.stream()
                    .filter(letter -> !contains(letter.id()) && inTheFile.add(letter.id()))
                    .toList();
            if (fresh.isEmpty() || create(fresh)) {
                replayed.addAll(inTheFile);
                return fresh;
            }
            readOn();
        }
    }

    /**
     * Empties letters that were fed back, since what they hold is taken down. Each stays a letter, so that the numbers of the
     * others are what they were; one that was not read yet is refused again, as it holds nothing.
     *
     * @return how many were emptied now
     */
    public long blank(Predicate<DeadLetter> out) {
        readOn();
        long blanked = 0;
        for (long number = 1; number <= files; number++) {
            try {
                List<StoredLetter> letters = decode(store.read(key(number)).orElseThrow());
                List<StoredLetter> rest = letters.stream()
                        .map(stored -> out.test(stored.letter()) ? empty(stored) : stored)
                        .toList();
                long changed = letters.stream()
                        .filter(stored ->
                                out.test(stored.letter()) && stored.letter().bytes().length > 0)
                        .count();
                if (changed > 0) {
                    replace(key(number), encode(rest));
                    blanked += changed;
                }
            } catch (IOException e) {
                throw StorageException.of("empty letters that were fed back", Path.of(key(number)), e);
            }
        }
        return blanked;
    }

    private static StoredLetter empty(StoredLetter stored) {
        DeadLetter blank = stored.letter().blank();
        return new StoredLetter(
                stored.id(),
                stored.refusedAt(),
                new DeadLetter(
                        blank.source(),
                        blank.origin(),
                        blank.timeMillis(),
                        blank.key(),
                        blank.attempt(),
                        blank.reason(),
                        blank.detail(),
                        blank.bytes(),
                        0));
    }

    private void replace(String key, byte[] content) throws IOException {
        Path file = Files.createTempFile("alluvium-replay", SUFFIX);
        try {
            Files.write(file, content);
            store.upload(file, key);
        } finally {
            Files.delete(file);
        }
    }

    private boolean create(List<StoredLetter> letters) {
        String key = key(files + 1);
        try {
            boolean created = store.createExclusively(key, encode(letters));
            files += created ? 1 : 0;
            return created;
        } catch (IOException e) {
            throw StorageException.of("feed dead letters back", Path.of(key), e);
        }
    }

    private static byte[] encode(List<StoredLetter> letters) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream lines = new GZIPOutputStream(file)) {
            for (StoredLetter letter : letters) {
                lines.write(DeadLetterJson.encode(letter).getBytes(StandardCharsets.UTF_8));
                lines.write('\n');
            }
        }
        return file.toByteArray();
    }

    /** Learns of the files that have been added since. */
    private void readOn() {
        try {
            while (true) {
                Optional<byte[]> file = store.read(key(files + 1));
                if (file.isEmpty()) {
                    return;
                }
                files++;
                decode(file.get()).forEach(letter -> replayed.add(letter.id()));
            }
        } catch (IOException e) {
            throw StorageException.of("read what has been fed back", Path.of(key(files + 1)), e);
        }
    }

    private static List<StoredLetter> decode(byte[] file) throws IOException {
        List<StoredLetter> letters = new ArrayList<>();
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(file)), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            letters.add(DeadLetterJson.decode(line.getBytes(StandardCharsets.UTF_8)));
        }
        return letters;
    }

    private static String key(long number) {
        return CorpusLayout.REPLAY_PREFIX + fileName(number);
    }

    private static String fileName(long number) {
        return String.format(Locale.ROOT, "%020d", number) + SUFFIX;
    }
}
