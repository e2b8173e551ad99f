package org.alluvium.trainer.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.contracts.store.WholeLines;

/**
 * Copies a file of lines that is only ever appended to, such as a journal, as objects that are never changed. The last piece is
 * written anew with what has come since, until it is full; so there are few pieces, and little is sent again.
 *
 * @param file on this machine; it may not be there yet
 * @param prefix of its pieces' keys, ending in a slash
 */
record GrowingFile(Path file, String prefix) {

    /** A full piece. */
    static final int PIECE_BYTES = 4 << 20;

    /**
     * Copies what the file has more than its pieces, up to its last whole line.
     *
     * @param epoch of the trainer, so that no other one's objects are touched
     * @return all pieces of the file
     */
    List<Piece> extend(ObjectStore store, List<Piece> pieces, long epoch) throws IOException {
        if (!Files.exists(file)) {
            return pieces;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = WholeLines.length(channel);
            if (length <= ArchiveState.length(pieces)) {
                return pieces;
            }
            List<Piece> full = new ArrayList<>(pieces);
            if (!full.isEmpty() && full.getLast().bytes() < PIECE_BYTES) {
                full.removeLast();
            }
            while (ArchiveState.length(full) < length) {
                long from = ArchiveState.length(full);
                full.add(copy(store, channel, from, Math.min(length, from + PIECE_BYTES), epoch));
            }
            return full;
        }
    }

    private Piece copy(ObjectStore store, FileChannel channel, long from, long to, long epoch) throws IOException {
        byte[] content = read(channel, from, to);
        String key = String.format(Locale.ROOT, "%s%020d-%020d.%d", prefix, from, to, epoch);
        store.createExclusively(key, content); // if it is there, this trainer has created it before
        return new Piece(key, from, to, Sha256.of(content));
    }

    /** As many of the pieces, from the first on, as the file has byte for byte. */
    List<Piece> known(List<Piece> pieces) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Piece> known = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Piece piece : pieces) {
                boolean has = piece.to() <= channel.size()
                        && Sha256.of(read(channel, piece.from(), piece.to())).equals(piece.sha256());
                if (!has) {
                    return known;
                }
                known.add(piece);
            }
        }
        return known;
    }

    private static byte[] read(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // a read may be short
        }
        return bytes.array();
    }
}
