package org.alluvium.trainer.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFiles;
import org.alluvium.trainer.checkpoint.CheckpointJson;

/**
 * What a model had learned from when it was written: the beginning of a run's journal. Journals only grow, so its length and
 * digest name run and step wherever the run lies now, and also if that step was undone since. {@code origin.json} of an exported
 * model, version 1; it names no document.
 *
 * <pre>
 * {"version": 1, "step": 1200, "journalBytes": 483920, "journalSha256": "9f86…"}
 * </pre>
 *
 * @param version of the format, currently {@link #VERSION}
 * @param step after which the model was written
 * @param journalBytes length of the journal up to and with this step
 * @param journalSha256 digest of these bytes
 */
public record ModelOrigin(int version, long step, long journalBytes, String journalSha256) {

    public static final int VERSION = 1;

    /** Its name in the folder of a model. */
    public static final String FILE = "origin.json";

    private static final int BLOCK = 1 << 16;

    public ModelOrigin {
        if (version != VERSION) {
            throw new IllegalArgumentException("origin of version " + version + "; this release reads " + VERSION);
        }
    }

    /** That of a checkpoint in its run; empty if the run's journal is not there. */
    public static Optional<ModelOrigin> of(Checkpoint checkpoint) {
        RunLayout run =
                new RunLayout(checkpoint.path().toAbsolutePath().getParent().getParent());
        long bytes = checkpoint.state().progress().journalBytes();
        return digest(run.journal(), bytes).map(digest -> new ModelOrigin(VERSION, checkpoint.step(), bytes, digest));
    }

    /**
     * That of a model which training can begin with; empty if nothing says it.
     *
     * @param place its folder or one of its files: an exported model, a checkpoint, or what others have published
     */
    public static Optional<ModelOrigin> find(Path place) {
        Path folder = Files.isDirectory(place) ? place : place.toAbsolutePath().getParent();
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            return Optional.of(CheckpointJson.read(file, ModelOrigin.class));
        }
        return Files.exists(folder.resolve(CheckpointFiles.STATE)) ? of(Checkpoint.open(folder)) : Optional.empty();
    }

    /** What the file holds. */
    public byte[] bytes() {
        return CheckpointJson.bytes(this);
    }

    /** Whether a run took these steps, undone since or not. */
    public boolean isOf(RunLayout run) {
        return digest(run.journal(), journalBytes).filter(journalSha256::equals).isPresent();
    }

    private static Optional<String> digest(Path journal, long bytes) {
        if (!Files.exists(journal)) {
            return Optional.empty();
        }
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = Files.newInputStream(journal)) {
            for (long left = bytes; left > 0; ) {
                byte[] block = in.readNBytes((int) Math.min(left, BLOCK));
                if (block.length == 0) {
                    return Optional.empty();
                }
                digest.update(block);
                left -= block.length;
            }
        } catch (IOException e) {
            throw StorageException.of("read the journal", journal, e);
        }
        return Optional.of(Sha256.hex(digest.digest()));
    }
}
