package org.alluvium.ingest.mark;

/** Comparisons of bytes that are characters of ASCII where they matter. */
final class Ascii {

    private Ascii() {}

    /** Whether the bytes up to {@code limit} go on with the prefix there. */
    static boolean startsWith(byte[] bytes, int at, int limit, byte[] prefix) {
        if (limit - at < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[at + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }
}
