package org.alluvium.trainer.save;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.export.TokenizerFiles;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.checkpoint.CheckpointFiles;
import org.alluvium.trainer.checkpoint.CheckpointJson;
import org.alluvium.trainer.checkpoint.CheckpointState;
import org.alluvium.trainer.checkpoint.Commitment;
import org.alluvium.trainer.checkpoint.ComputedBy;
import org.alluvium.trainer.checkpoint.Consumed;
import org.alluvium.trainer.checkpoint.Lineage;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.pretrained.LlamaConfig;
import org.alluvium.trainer.pretrained.ModelFiles;
import org.alluvium.trainer.safetensors.Dtype;
import org.alluvium.trainer.score.PrequentialScores;

/**
 * Writes one checkpoint folder, as {@link Checkpoint} specifies it. The folder appears under its name complete and synced, or
 * not at all ({@link AtomicDirectory}).
 */
public final class CheckpointWriter {

    private final FileOpener files;
    private final ModelShape shape;
    private final Vocabulary vocabulary;
    private final Map<String, byte[]> tokenizer;

    /** Creates the files of a checkpoint; a seam, so that tests can let storage fail. */
    @FunctionalInterface
    interface FileOpener {
        OutputStream create(Path file) throws IOException;
    }

    /** What is written beside tensors. */
    record Records(
            CheckpointState state,
            Lineage lineage,
            GuardState guard,
            PrequentialScores prequential,
            Consumed consumed,
            ComputedBy backend) {

        /** Entries of the log that the run may have learned from. */
        long entries() {
            return consumed.tree().size() == 0 ? 0 : lineage.lastEntry() + 1;
        }
    }

    CheckpointWriter(FileOpener files, ModelShape shape, Vocabulary vocabulary, DocumentEnds ends) {
        this.files = files;
        this.shape = shape;
        this.vocabulary = vocabulary;
        this.tokenizer = TokenizerFiles.of(vocabulary, ends.bos(), ends.eos(), shape.context());
    }

    /** Writes to the file system. */
    public static CheckpointWriter toDisk(ModelShape shape, Vocabulary vocabulary, DocumentEnds ends) {
        return new CheckpointWriter(Files::newOutputStream, shape, vocabulary, ends);
    }

    /**
     * Writes a folder and publishes it.
     *
     * @param log the tree of the entries that the run may have learned from
     * @throws StorageException if storage fails; nothing is left behind then
     */
    CheckpointManifest write(Path target, StagedTensors tensors, Records records, MerkleTree log) {
        try (AtomicDirectory folder = AtomicDirectory.begin(target)) {
            Path path = folder.path();
            write(path, ModelFiles.MODEL, tensors::writeWeights);
            write(path, ModelFiles.CONFIG, bytes(LlamaConfig.config(shape, vocabulary, Dtype.F32)));
            write(path, ModelFiles.GENERATION_CONFIG, bytes(LlamaConfig.generation(shape, vocabulary)));
            tokenizer.forEach((name, content) -> write(path, name, bytes(content)));
            write(path, CheckpointFiles.OPTIMIZER, tensors::writeMoments);
            write(path, CheckpointFiles.STATE, bytes(CheckpointJson.bytes(records.state())));
            write(path, CheckpointFiles.LINEAGE, bytes(CheckpointJson.bytes(records.lineage())));
            write(path, CheckpointFiles.GUARD, bytes(CheckpointJson.bytes(records.guard())));
            write(path, CheckpointFiles.PREQUENTIAL, bytes(CheckpointJson.bytes(records.prequential())));
            write(
                    path,
                    CheckpointFiles.COMMITMENT,
                    bytes(CheckpointJson.bytes(
                            Commitment.of(records.state().progress().step(), records.consumed(), log))));
            write(path, CheckpointFiles.BACKEND, bytes(CheckpointJson.bytes(records.backend())));
            return folder.publish();
        }
    }

    private void write(Path folder, String name, Content content) {
        Path file = folder.resolve(name);
        try (OutputStream out = files.create(file)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw StorageException.of("write the checkpoint", file, e);
        }
    }

    private static Content bytes(byte[] content) {
        return out -> out.write(content);
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
