package org.alluvium.flink.sink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import org.alluvium.contracts.store.Sha256;

/**
 * A set of names in eight bytes each: the beginnings of their digests, so that millions fit. It knows every name that was added;
 * of names that were not it takes one in 2^64 for known, for each that it has. Not thread-safe.
 */
final class NameDigests {

    private long[] sorted = new long[0];

    void add(Collection<String> names) {
        MessageDigest digest = Sha256.newDigest();
        long[] all = Arrays.copyOf(sorted, sorted.length + names.size());
        int end = sorted.length;
        for (String name : names) {
            all[end++] = digest(digest, name);
        }
        Arrays.sort(all);
        sorted = all;
    }

    boolean contains(String name) {
        return Arrays.binarySearch(sorted, digest(Sha256.newDigest(), name)) >= 0;
    }

    private static long digest(MessageDigest digest, String name) {
        return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
