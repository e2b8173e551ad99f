package org.alluvium.ingest.frame;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a file, decompressed. Whatever precedes damage is delivered before a read throws {@link
 * DamagedContentException}, and some streams can then go on behind the damage, which counts as one byte of content: so a
 * position before the damage differs from one behind it. Not thread-safe.
 */
public abstract class ContentStream extends InputStream {

    /** Content that has no place to go on behind damage. */
    public static ContentStream of(InputStream content) {
        return new Plain(content);
    }

    @Override
    public abstract int read(byte[] into, int offset, int length) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /**
     * After a read has thrown {@link DamagedContentException}, goes on at the next place where content begins that does not
     * depend on what is damaged, such as the next gzip member.
     *
     * @return whether there is such a place; if not, the content ends here
     */
    public boolean resynchronize() throws IOException {
        return false;
    }

    private static final class Plain extends ContentStream {

        private final InputStream content;

        Plain(InputStream content) {
            this.content = content;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return content.read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
