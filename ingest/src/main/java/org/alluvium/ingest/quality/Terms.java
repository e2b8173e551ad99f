package org.alluvium.ingest.quality;

import com.dynatrace.hash4j.hashing.Hasher32;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.alluvium.ingest.character.Characters;
import org.alluvium.ingest.words.UnspacedScripts;

/**
 * The terms of a text, each as the hash that Apache Spark's HashingTF gives it since Spark 3: MurmurHash3 (x86, 32 bit,
 * seed 42) of its UTF-8 bytes. Terms are what white space separates in the text in lower case, as Spark's Tokenizer has it,
 * with two differences: a run of white space separates once, and no empty term comes of it; and in {@linkplain
 * UnspacedScripts scripts without spaces}, where a term would be a sentence, every two characters that stand together are
 * one, and a character that stands alone.
 *
 * <p>Not thread-safe.
 */
final class Terms {

    private static final int SPARK_SEED = 42;
    private static final Hasher32 HASHER = Hashing.murmur3_32(SPARK_SEED);
    private static final int NONE = -1;

    private final IntConsumer hashes;
    private byte[] utf8 = new byte[64];
    private int length;

    /** The character of a script without spaces that was just before, {@link #NONE} if none; and whether it is in a term. */
    private int before = NONE;

    private boolean beforeIsUsed;

    private Terms(IntConsumer hashes) {
        this.hashes = hashes;
    }

    /** Gives the hash of each term, in the order of the text. */
    static void forEach(String text, IntConsumer hashes) {
        new Terms(hashes).scan(Characters.toLowerCase(text));
    }

    private void scan(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c == ' ' || (c >= '\t' && c <= '\r')) {
                    flush();
                } else {
                    leaveUnspaced();
                    append(c);
                }
            } else {
                int codePoint = text.codePointAt(i);
                i += Character.charCount(codePoint) - 1;
                scan(codePoint);
            }
        }
        flush();
    }

    private void scan(int codePoint) {
        if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
            flush();
        } else if (UnspacedScripts.contains(codePoint)) {
            emit();
            boolean paired = before != NONE;
            if (paired) {
                append(before);
                append(codePoint);
                emit();
            }
            beforeIsUsed = paired;
            before = codePoint;
        } else {
            leaveUnspaced();
            append(codePoint);
        }
    }

    private void flush() {
        emit();
        leaveUnspaced();
    }

    private void leaveUnspaced() {
        if (before != NONE && !beforeIsUsed) {
            append(before);
            emit();
        }
        before = NONE;
        beforeIsUsed = false;
    }

    private void emit() {
        if (length > 0) {
            hashes.accept(HASHER.hashBytesToInt(utf8, 0, length));
            length = 0;
        }
    }

    private void append(int codePoint) {
        if (length + 4 > utf8.length) {
            utf8 = Arrays.copyOf(utf8, 2 * utf8.length);
        }
        if (codePoint < 0x80) {
            utf8[length++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            utf8[length++] = (byte) (0xC0 | (codePoint >> 6));
            utf8[length++] = (byte) (0x80 | (codePoint & 0x3F));
        } else if (codePoint < 0x10000) {
            utf8[length++] = (byte) (0xE0 | (codePoint >> 12));
            utf8[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
            utf8[length++] = (byte) (0x80 | (codePoint & 0x3F));
        } else {
            utf8[length++] = (byte) (0xF0 | (codePoint >> 18));
            utf8[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            utf8[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
            utf8[length++] = (byte) (0x80 | (codePoint & 0x3F));
        }
    }
}
