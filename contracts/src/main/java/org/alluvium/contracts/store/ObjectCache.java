package org.alluvium.contracts.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of a remote store's immutable objects in a folder of this machine, which several processes and stores may share: a
 * copy is named after its content's digest, with what follows the first dot of the object's name. It is fetched under
 * another name, compared with what the log says, and renamed, so whatever has its final name is whole. Since disks rot, and
 * other processes share the folder, a copy that this process has not fetched itself is compared again before its first use;
 * one that is damaged is fetched anew, and nobody but the log of this program hears of it.
 *
 * <p>When the copies outgrow their bound, those that have not been asked for the longest go, by the files' times of change,
 * which each request renews. One that was asked for within {@link #GRACE} stays, since somebody may be about to open it; so
 * the bound may be exceeded by what is asked for in that time. Thread-safe.
 */
public final class ObjectCache implements LocalFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectCache.class);

    /** Time for which a copy that was asked for is not deleted. */
    static final Duration GRACE = Duration.ofMinutes(10);

    /** After this share of the bound has been fetched, it is looked at what other processes have left there too. */
    private static final int LOOKS_PER_BOUND = 16;

    private static final Duration ABANDONED = Duration.ofHours(6);
    private static final String TEMPORARY = ".tmp-";
    private static final int TRIES = 3;

    private record Copy(Path file, long bytes, Instant used) {}

    private final ObjectStore store;
    private final Path folder;
    private final long maxBytes;
    private final InstantSource clock;
    private final Map<String, Object> fetching = new ConcurrentHashMap<>();

    /** Names of copies that were right when this process looked. */
    private final Set<String> compared = ConcurrentHashMap.newKeySet();

    private long fetchedSinceLook = Long.MAX_VALUE / 2; // guarded by this

    /**
     * A cache that may hold copies already.
     *
     * @param folder where they lie, and nothing else; created with the first
     * @param maxBytes of all copies together, as far as they have not just been asked for
     */
    public ObjectCache(ObjectStore store, Path folder, long maxBytes, InstantSource clock) {
        this.store = store;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    @Override
    public Path get(String key, long bytes, String sha256) {
        String object = key.substring(key.lastIndexOf('/') + 1);
        int dot = object.indexOf('.');
        Path copy = folder.resolve(sha256 + (dot < 0 ? "" : object.substring(dot)));
        try {
            if (!isThere(copy, bytes) || !compared.contains(copy.getFileName().toString())) {
                fetchOnce(key, bytes, sha256, copy);
            }
            return copy;
        } catch (IOException e) {
            throw StorageException.of("fetch a copy of " + store.where(key), copy, e);
        }
    }

    private boolean isThere(Path copy, long bytes) throws IOException {
        try {
            if (Files.size(copy) != bytes) {
                return false;
            }
            Files.setLastModifiedTime(copy, FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Threads of this process that want the same object wait for the first; other processes fetch their own. */
    private void fetchOnce(String key, long bytes, String sha256, Path copy) throws IOException {
        String name = copy.getFileName().toString();
        synchronized (fetching.computeIfAbsent(name, any -> new Object())) {
            try {
                if (!isThere(copy, bytes) || !(compared.contains(name) || isRight(copy, sha256))) {
                    fetch(key, bytes, sha256, copy);
                    makeRoom(bytes);
                }
                compared.add(name);
            } finally {
                fetching.remove(name);
            }
        }
    }

    private static boolean isRight(Path copy, String sha256) throws IOException {
        try {
            if (Sha256.of(copy).equals(sha256)) {
                return true;
            }
            LOG.warn("The copy {} has been damaged on this machine, and is fetched again", copy);
            return false;
        } catch (NoSuchFileException e) {
            return false; // another process has just deleted it
        }
    }

    private void fetch(String key, long bytes, String sha256, Path copy) throws IOException {
        Files.createDirectories(folder);
        Path temporary = folder.resolve(TEMPORARY + UUID.randomUUID());
        try {
            String found = download(key, temporary);
            for (int attempt = 2; attempt <= TRIES && !found.equals(sha256); attempt++) {
                found = download(key, temporary); // the way here may have damaged it, and not the store
            }
            if (!found.equals(sha256)) {
                throw new DataException(
                        "it has " + Files.size(temporary) + " bytes with digest " + found + " instead of " + bytes
                                + " with " + sha256,
                        store.where(key),
                        "Restore the object from a copy of the corpus");
            }
            Files.setLastModifiedTime(temporary, FileTime.from(clock.instant()));
            Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The digest of what was received. */
    private String download(String key, Path target) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(store.open(key), digest)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return Sha256.hex(digest.digest());
    }

    private synchronized void makeRoom(long fetched) throws IOException {
        fetchedSinceLook += fetched;
        if (fetchedSinceLook < maxBytes / LOOKS_PER_BOUND) {
            return;
        }
        fetchedSinceLook = 0;
        Instant now = clock.instant();
        List<Copy> copies = new ArrayList<>(copies(now));
        copies.sort(Comparator.comparing(Copy::used));
        long total = copies.stream().mapToLong(Copy::bytes).sum();
        long room = maxBytes - maxBytes / LOOKS_PER_BOUND;
        for (Copy copy : copies) {
            if (total <= room || copy.used().isAfter(now.minus(GRACE))) {
                return;
            }
            Files.deleteIfExists(copy.file());
            compared.remove(copy.file().getFileName().toString());
            total -= copy.bytes();
        }
    }

    /** All copies; what processes that were killed have left of one is deleted. */
    private List<Copy> copies(Instant now) throws IOException {
        List<Copy> copies = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Copy copy = look(file);
                if (!file.getFileName().toString().startsWith(TEMPORARY)) {
                    copies.add(copy);
                } else if (copy.used().isBefore(now.minus(ABANDONED))) {
                    Files.deleteIfExists(file);
                }
            }
        }
        return copies;
    }

    private static Copy look(Path file) throws IOException {
        try {
            return new Copy(
                    file, Files.size(file), Files.getLastModifiedTime(file).toInstant());
        } catch (NoSuchFileException e) {
            return new Copy(file, 0, Instant.MAX); // another process has just deleted it
        }
    }
}
