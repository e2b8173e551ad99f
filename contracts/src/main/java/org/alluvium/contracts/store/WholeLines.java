package org.alluvium.contracts.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What is whole of a file of lines whose writer may have been killed: all up to its last line feed. */
public final class WholeLines {

    private static final int BLOCK_BYTES = 1 << 16;

    private WholeLines() {}

    /** Bytes up to and with the last line feed; 0 if there is none. The channel's position stays where it is. */
    public static long length(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        for (long end = channel.size(); end > 0; ) {
            long from = Math.max(0, end - BLOCK_BYTES);
            block.clear().limit((int) (end - from));
            while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
                // a read may be short
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }
}
