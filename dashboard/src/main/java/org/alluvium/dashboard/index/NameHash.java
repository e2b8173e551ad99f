package org.alluvium.dashboard.index;

import java.nio.charset.StandardCharsets;

/**
 * Hashes of names, in 64 bits: FNV-1a, spread by the finish of SplitMix64 (Steele et al., 2014), so that they are even over their
 * whole range. Names that share one are told apart by what their places hold, so a collision, or one that somebody has made on purpose,
 * costs a look and no more.
 */
public final class NameHash {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private NameHash() {}

    /** Of a name, by its bytes in UTF-8. */
    public static long of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /** Of some bytes. */
    public static long of(byte[] bytes, int from, int to) {
        long hash = BASIS;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * PRIME;
        }
        return spread(hash);
    }

    /** Of a number, which has no name. */
    public static long of(long number) {
        return spread(number ^ BASIS);
    }

    private static long spread(long hash) {
        long mixed = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
