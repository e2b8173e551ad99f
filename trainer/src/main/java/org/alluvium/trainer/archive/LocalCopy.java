package org.alluvium.trainer.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.Sha256;

/**
 * Makes files of a run from the objects of its archive. Whatever is fetched is compared with its digest, and fetched again
 * if it differs, as a connection may have damaged it; then it is refused. For one thread.
 */
final class LocalCopy {

    private static final String PROBES = "probes/";
    private static final int TRIES = 3;
    private static final String RESTORE = "Restore the object from a copy of the archive";

    private final ObjectStore store;
    private final RunLayout run;

    LocalCopy(ObjectStore store, RunLayout run) {
        this.store = store;
        this.run = run;
    }

    /** Brings the journal, the events and the reports of the run's folder to what an entry says. */
    void follow(ArchiveState state) throws IOException {
        run.create();
        grow(run.journal(), state.journal());
        grow(run.events(), state.events());
        for (String key : store.list(PROBES, Optional.empty())) {
            Path report = run.probes().resolve(key.substring(PROBES.length()));
            if (!Files.exists(report)) {
                fetchReport(key, report);
            }
        }
    }

    private void fetchReport(String key, Path report) throws IOException {
        Optional<byte[]> content = store.read(key);
        if (content.isPresent()) { // else it was deleted since, because the run went back
            Files.createDirectories(report.getParent());
            Path temporary = report.resolveSibling(".tmp-" + report.getFileName());
            Files.write(temporary, content.get());
            Files.move(temporary, report, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Appends what a file lacks of its pieces; one that goes on differently is written anew. */
    private void grow(Path file, List<Piece> pieces) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() > ArchiveState.length(pieces) || !append(channel, pieces)) {
                channel.truncate(0);
                append(channel, pieces);
            }
            channel.force(true);
        }
    }

    /** False if the file does not begin as the first piece that reaches beyond its end. */
    private boolean append(FileChannel channel, List<Piece> pieces) throws IOException {
        for (Piece piece : pieces) {
            long has = channel.size();
            if (has < piece.to()) {
                ByteBuffer content = ByteBuffer.wrap(fetch(piece));
                int known = Math.toIntExact(Math.max(0, has - piece.from()));
                if (!read(channel, piece.from(), known).equals(content.slice(0, known))) {
                    return false;
                }
                content.position(known);
                while (content.hasRemaining()) {
                    channel.write(content, piece.from() + content.position());
                }
            }
        }
        return true;
    }

    private static ByteBuffer read(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // a read may be short
        }
        return bytes.flip();
    }

    private byte[] fetch(Piece piece) throws IOException {
        String where = store.where(piece.key());
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<byte[]> content = store.read(piece.key());
            if (content.filter(bytes -> Sha256.of(bytes).equals(piece.sha256())).isPresent()) {
                return content.get();
            }
        }
        throw new DataException("a piece of the run's history is damaged or missing", where, RESTORE);
    }

    /**
     * Fetches a checkpoint. Its folder appears whole or not at all.
     *
     * @return its folder
     * @throws DataException if something of it is missing, or is not what its digest says
     */
    Path checkpoint(ArchivedCheckpoint archived) throws IOException {
        Path target = run.checkpoint(archived.step());
        CheckpointManifest manifest = manifest(archived);
        try (AtomicDirectory folder = AtomicDirectory.begin(target)) {
            for (String name : manifest.files().keySet()) {
                Path file = folder.path().resolve(name).normalize();
                if (!file.startsWith(folder.path())) {
                    throw new DataException("the manifest names a file outside of the checkpoint", name, RESTORE);
                }
                Files.createDirectories(file.getParent());
                fetch(archived.folder() + name, file, manifest.files().get(name).sha256());
            }
            folder.publish();
        }
        return target;
    }

    private CheckpointManifest manifest(ArchivedCheckpoint archived) throws IOException {
        String key = archived.folder() + CheckpointManifest.NAME;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<byte[]> json = store.read(key);
            if (json.filter(bytes -> Sha256.of(bytes).equals(archived.manifestSha256()))
                    .isPresent()) {
                return CheckpointManifest.parse(json.get(), store.where(key));
            }
        }
        throw new DataException("the checkpoint's manifest is damaged or missing", store.where(key), RESTORE);
    }

    private void fetch(String key, Path file, String sha256) throws IOException {
        String found = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            MessageDigest digest = Sha256.newDigest();
            try (InputStream in = new DigestInputStream(store.open(key), digest)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            found = Sha256.hex(digest.digest());
            if (found.equals(sha256)) {
                return;
            }
        }
        throw new DataException(
                "the object is damaged: its SHA-256 is " + found + ", the manifest says " + sha256,
                store.where(key),
                RESTORE);
    }
}
