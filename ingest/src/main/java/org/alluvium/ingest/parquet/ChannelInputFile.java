package org.alluvium.ingest.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A channel as Parquet wants to read it. Parquet reports what is damaged and what cannot be read by the same exceptions; this
 * remembers whether reading failed. Not thread-safe; does not close the channel.
 */
final class ChannelInputFile implements InputFile {

    private final SeekableByteChannel channel;
    private IOException failure;

    ChannelInputFile(SeekableByteChannel channel) {
        this.channel = channel;
    }

    /** Throws what made reading the channel fail, if that was it. */
    void throwIfUnreadable() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public long getLength() throws IOException {
        return remembering(channel::size);
    }

    @Override
    public SeekableInputStream newStream() {
        return new ChannelStream(new Bytes());
    }

    private interface Access<T> {
        T use() throws IOException;
    }

    private <T> T remembering(Access<T> access) throws IOException {
        try {
            return access.use();
        } catch (IOException failed) {
            failure = failed;
            throw failed;
        }
    }

    private final class ChannelStream extends DelegatingSeekableInputStream {

        ChannelStream(InputStream bytes) {
            super(bytes);
        }

        @Override
        public long getPos() throws IOException {
            return remembering(channel::position);
        }

        @Override
        public void seek(long position) throws IOException {
            remembering(() -> channel.position(position));
        }
    }

    private final class Bytes extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return remembering(() -> channel.read(ByteBuffer.wrap(into, offset, length)));
        }
    }
}
