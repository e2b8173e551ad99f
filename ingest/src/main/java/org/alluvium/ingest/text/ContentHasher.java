package org.alluvium.ingest.text;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import org.alluvium.contracts.document.ContentHash;

/**
 * The hash by which exact duplicates are found and held-out documents are chosen. Its versions are frozen: a change of
 * output would forget every duplicate seen and move the held-out set, so a better hash becomes a new method.
 */
public final class ContentHasher {

    private ContentHasher() {}

    /**
     * XXH3 (128 bit, seed 0) of the UTF-8 bytes of a normalized text. Not cryptographic: whoever can choose texts can
     * make two collide, and loses one of their own documents by it.
     */
    public static ContentHash v1(String text) {
        return v1(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same of the text's UTF-8 bytes. */
    public static ContentHash v1(byte[] utf8) {
        HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(utf8);
        return new ContentHash(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }
}
