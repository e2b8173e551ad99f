package org.alluvium.ingest.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Feeds letters back that are offered one by one, in files of bounded size, and counts what becomes of them. For one use,
 * by one thread.
 */
public final class Replay {

    /** Letters become a file as soon as they have this many bytes together; until then they are held in memory. */
    private static final long FILE_BYTES = 32L << 20;

    private final ReplayFolder folder;
    private final List<StoredLetter> waiting = new ArrayList<>();
    private long waitingBytes;
    private long fedBack;
    private long before;
    private final Map<String, Long> obstacles = new TreeMap<>();

    public Replay(ReplayFolder folder) {
        this.folder = folder;
    }

    /**
     * What became of the letters that were offered.
     *
     * @param fedBack how many the ingest job will read again
     * @param before how many had been fed back before, and were left out
     * @param obstacles how many could not be fed back, by {@linkplain StoredLetter#obstacle() what} stands in the way
     */
    public record Outcome(long fedBack, long before, Map<String, Long> obstacles) {}

    /** Feeds a letter back if it can be and has not been, sooner or later: {@link #finish} must follow. */
    public void offer(StoredLetter letter) {
        if (folder.contains(letter.id())) {
            before++;
        } else if (letter.obstacle().isPresent()) {
            obstacles.merge(letter.obstacle().get(), 1L, Long::sum);
        } else {
            waiting.add(letter);
            waitingBytes += letter.letter().bytes().length;
            if (waitingBytes >= FILE_BYTES) {
                flush();
            }
        }
    }

    /** Feeds back what is left. */
    public Outcome finish() {
        flush();
        return new Outcome(fedBack, before, obstacles);
    }

    private void flush() {
        int fresh = folder.add(waiting).size();
        fedBack += fresh;
        before += waiting.size() - fresh;
        waiting.clear();
        waitingBytes = 0;
    }
}
