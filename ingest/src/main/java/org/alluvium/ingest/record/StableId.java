package org.alluvium.ingest.record;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import org.alluvium.contracts.document.ContentHash;

/** The id of a document whose producer gave none. */
public final class StableId {

    private StableId() {}

    /**
     * XXH3 (128 bit, seed 0) of the UTF-8 bytes of {@code source NUL origin}, as 32 lower-case hexadecimal digits. NUL
     * occurs in neither, so different places never share an input. Frozen: ids are in shards for good.
     */
    public static String v1(String source, String origin) {
        HashValue128 hash =
                Hashing.xxh3_128().hashBytesTo128Bits((source + '\0' + origin).getBytes(StandardCharsets.UTF_8));
        return new ContentHash(hash.getMostSignificantBits(), hash.getLeastSignificantBits()).toString();
    }
}
