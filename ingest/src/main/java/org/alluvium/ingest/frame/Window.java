package org.alluvium.ingest.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** The bytes of a stream that were read and not yet taken. Grows as long as none are. Not thread-safe. */
final class Window {

    private static final int READ_BYTES = 64 * 1024;

    private byte[] bytes = new byte[READ_BYTES];
    private int start;
    private int end;

    /** Reads more from the stream; returns how many bytes, 0 at its end. */
    int fill(ContentStream content) throws IOException {
        if (bytes.length - end < READ_BYTES) {
            makeRoom();
        }
        int read = Math.max(0, content.read(bytes, end, READ_BYTES));
        end += read;
        return read;
    }

    private void makeRoom() {
        int size = size();
        int needed = size + READ_BYTES;
        boolean tooSmall = bytes.length < needed;
        // Memory for a large record is given back once it is taken.
        boolean tooLarge = bytes.length > 4 * needed;
        byte[] room = tooSmall || tooLarge ? new byte[2 * needed] : bytes;
        System.arraycopy(bytes, start, room, 0, size);
        bytes = room;
        start = 0;
        end = size;
    }

    int size() {
        return end - start;
    }

    byte at(int index) {
        return bytes[start + index];
    }

    /** Whether the pattern stands at the index. */
    boolean has(byte[] pattern, int index) {
        return index + pattern.length <= size()
                && Arrays.equals(bytes, start + index, start + index + pattern.length, pattern, 0, pattern.length);
    }

    /** Index of the first occurrence of the pattern at or behind {@code from}, or -1. */
    int indexOf(byte[] pattern, int from) {
        for (int i = from; i <= size() - pattern.length; i++) {
            if (bytes[start + i] == pattern[0] && has(pattern, i)) {
                return i;
            }
        }
        return -1;
    }

    /** The first bytes, which are no longer in the window then. */
    byte[] take(int length) {
        byte[] taken = first(length);
        start += length;
        return taken;
    }

    /** A copy of the first bytes, or of all if there are fewer. */
    byte[] first(int length) {
        return Arrays.copyOfRange(bytes, start, start + Math.min(length, size()));
    }

    /** Moves the first bytes to {@code kept}, but no more than it may hold. */
    void moveTo(ByteArrayOutputStream kept, int length, long mostKept) {
        kept.write(bytes, start, (int) Math.max(0, Math.min(length, mostKept - kept.size())));
        start += length;
    }

    void drop(int length) {
        start += length;
    }

    /** The array behind the window, in which its bytes stand from {@link #start} to {@link #end}; only to be read. */
    byte[] array() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }
}
