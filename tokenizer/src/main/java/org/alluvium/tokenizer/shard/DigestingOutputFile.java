package org.alluvium.tokenizer.shard;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.alluvium.contracts.store.Sha256;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * Passes what Parquet writes to a stream, counting and digesting it. Parquet's closing only flushes: the stream's owner
 * closes it.
 */
final class DigestingOutputFile implements OutputFile {

    private final OutputStream target;
    private final String name;
    private final MessageDigest digest = Sha256.newDigest();
    private long position;

    DigestingOutputFile(OutputStream target, String name) {
        this.target = target;
        this.name = name;
    }

    long position() {
        return position;
    }

    /** SHA-256 of everything written, 64 lower-case hexadecimal digits; to be asked for once, at the end. */
    String sha256() {
        return Sha256.hex(digest.digest());
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new DigestingStream();
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return new DigestingStream();
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    @Override
    public String getPath() {
        return name;
    }

    private final class DigestingStream extends PositionOutputStream {

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            target.write(b);
            digest.update((byte) b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
            digest.update(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }

        @Override
        public void close() throws IOException {
            target.flush();
        }
    }
}
