package org.alluvium.trainer.archive;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.alluvium.contracts.error.FencedException;
import org.alluvium.contracts.store.ObjectStore;

/**
 * The entries of an archive, and who may write the next. Entry n+1 is created exclusively by whoever has read or written entry
 * n, so of two trainers one is told that it came too late, however slow it is: that is the fence, and there is no moment
 * between a look and an act. Old entries are deleted, but not the newest few; since a trainer that slept longer than that
 * would find its number free again, each looks for later ones after it has created its own. An entry that has later ones is
 * not read by anybody. For one thread.
 */
final class ArchiveLog {

    private static final String PREFIX = "log/";
    private static final String SUFFIX = ".json";
    private static final int KEPT = 16;

    private final ObjectStore store;
    private final InstantSource clock;

    ArchiveLog(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What the archive holds; empty if nobody has begun it. */
    Optional<ArchiveState> newest() throws IOException {
        while (true) {
            List<String> keys = store.list(PREFIX, Optional.empty());
            if (keys.isEmpty()) {
                return Optional.empty();
            }
            String key = keys.getLast();
            Optional<byte[]> entry = store.read(key);
            if (entry.isPresent()) {
                return Optional.of(ArchiveState.parse(entry.get(), store.where(key)));
            }
            // It was deleted since, so there are many newer ones.
        }
    }

    /** Makes the caller the one that writes, and nobody else any more. */
    ArchiveState takeOver(String owner) throws IOException {
        while (true) {
            ArchiveState mine = newest().orElseGet(ArchiveState::none)
                    .takenOver(owner, clock.instant().toString());
            String key = key(mine.sequence());
            if (store.createExclusively(key, mine.json()) && !isFollowed(key)) {
                return mine;
            }
        }
    }

    /**
     * Makes an entry the newest.
     *
     * @return the entry that now counts: this one, or one of this trainer's of which it had not heard that it was created
     * @throws FencedException if another trainer has taken over since the entry before it
     */
    ArchiveState append(ArchiveState next) throws IOException {
        String key = key(next.sequence());
        Optional<ArchiveState> stands = Optional.of(next);
        if (!store.createExclusively(key, next.json())) {
            stands = store.read(key).map(json -> ArchiveState.parse(json, store.where(key)));
        }
        if (stands.filter(entry -> entry.epoch() == next.epoch()).isEmpty() || isFollowed(key)) {
            throw fenced();
        }
        deleteBefore(next.sequence() - KEPT);
        return stands.get();
    }

    private FencedException fenced() throws IOException {
        return new FencedException(
                "another trainer has taken over the archive of this run"
                        + newest().map(state -> ": " + state.owner() + ", at " + state.time())
                                .orElse(""),
                store.where(""),
                "Let only one trainer work on a run; what this one has done since is in its own folder only");
    }

    private boolean isFollowed(String key) throws IOException {
        return !store.list(PREFIX, Optional.of(key)).isEmpty();
    }

    private void deleteBefore(long sequence) throws IOException {
        for (String key : store.list(PREFIX, Optional.empty())) {
            if (key.compareTo(key(Math.max(0, sequence))) >= 0) {
                return;
            }
            store.delete(key);
        }
    }

    private static String key(long sequence) {
        return PREFIX + String.format(Locale.ROOT, "%020d", sequence) + SUFFIX;
    }
}
