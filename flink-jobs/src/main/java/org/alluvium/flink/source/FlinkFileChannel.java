package org.alluvium.flink.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.flink.core.fs.FSDataInputStream;

/** A file of Flink's as a channel that can be read. Not thread-safe. */
final class FlinkFileChannel implements SeekableByteChannel {

    private final FSDataInputStream file;
    private final long size;
    private boolean open = true;

    /** @param size the file's length */
    FlinkFileChannel(FSDataInputStream file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        requireOpen();
        if (position() >= size) {
            return -1;
        }
        byte[] bytes = into.hasArray() ? into.array() : new byte[into.remaining()];
        int start = into.hasArray() ? into.arrayOffset() + into.position() : 0;
        int wanted = into.remaining();
        int read = FlinkFiles.call(() -> file.read(bytes, start, wanted));
        if (read > 0 && into.hasArray()) {
            into.position(into.position() + read);
        } else if (read > 0) {
            into.put(bytes, 0, read);
        }
        return read;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return file.getPos();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        // A stream cannot stand behind its end; reading there yields nothing all the same.
        return FlinkFiles.call(() -> {
            file.seek(Math.min(newPosition, size));
            return this;
        });
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        file.close();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
