package org.alluvium.trainer.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.export.TokenizerFiles;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.guard.GuardState;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.pretrained.LlamaConfig;
import org.alluvium.trainer.pretrained.ModelFiles;
import org.alluvium.trainer.pretrained.StoredWeights;
import org.alluvium.trainer.safetensors.SafetensorsReader;
import org.alluvium.trainer.score.PrequentialScores;

/**
 * A complete checkpoint folder on disk. It has the layout of a Hugging Face Llama model, with what a resume needs beside it:
 *
 * <pre>
 * model.safetensors         weights, F32, under their Hugging Face names          {@link SafetensorsReader}
 * config.json               the model's shape                                     {@link LlamaConfig}
 * generation_config.json    BOS, EOS and how to sample
 * tokenizer.model           the SentencePiece model, byte for byte
 * tokenizer.json            the vocabulary for Hugging Face's libraries           {@link TokenizerFiles}
 * tokenizer_config.json     special tokens, and whether documents had BOS and EOS
 * optimizer.safetensors     what the optimizer remembers, F32                     {@link TensorName}
 * state.json                step, cursor, seed, digests                           {@link CheckpointState}
 * lineage.json              what was learned from since the checkpoint before     {@link Lineage}
 * guard.json                what the spike guard remembers                        {@link GuardState}
 * prequential.json          what texts cost before they were learned from         {@link PrequentialScores}
 * backend.json              what computed it                                      {@link ComputedBy}
 * commitment.json           roots of the log and of what was learned from         {@link Commitment}
 * MANIFEST.json             size and SHA-256 of each, written last                {@link CheckpointManifest}
 * </pre>
 *
 * <p>A byte-level vocabulary has no {@code tokenizer.model}; its {@code tokenizer.json} is the file of the vocabulary, byte for
 * byte. A SentencePiece model that {@code tokenizer.json} cannot express has none, and {@code tokenizer_config.json} says why.
 *
 * @param path the folder
 * @param state what its {@code state.json} says
 * @param manifest what its {@code MANIFEST.json} says
 */
public record Checkpoint(Path path, CheckpointState state, CheckpointManifest manifest) {

    /**
     * Opens a folder without reading its tensors.
     *
     * @throws org.alluvium.contracts.error.DataException if it is not complete, or its state cannot be read
     */
    public static Checkpoint open(Path path) {
        CheckpointManifest manifest = CheckpointManifest.read(path);
        CheckpointState state = CheckpointJson.readState(path.resolve(CheckpointFiles.STATE));
        return new Checkpoint(path, state, manifest);
    }

    /**
     * Opens a folder after comparing every file with its digest.
     *
     * @throws org.alluvium.contracts.error.DataException naming every file that is missing or differs
     */
    public static Checkpoint verified(Path path) {
        CheckpointManifest.verify(path);
        return open(path);
    }

    /** Updates made when it was written. */
    public long step() {
        return state.progress().step();
    }

    /** Its weights. */
    public StoredWeights weights() {
        return new StoredWeights(path.resolve(ModelFiles.MODEL), "");
    }

    /**
     * The running average of its weights.
     *
     * @throws UnavailableException if none was kept
     */
    public StoredWeights averagedWeights() {
        Path file = path.resolve(CheckpointFiles.OPTIMIZER);
        try (SafetensorsReader optimizer = SafetensorsReader.open(file)) {
            if (optimizer.names().stream().noneMatch(name -> name.endsWith(TensorName.AVERAGE))) {
                throw new UnavailableException(
                        "the run keeps no running average of its weights",
                        file.toString(),
                        "Set train.optimizer.averageDecay, such as 0.999, and go on with the run");
            }
        }
        return new StoredWeights(file, TensorName.AVERAGE);
    }

    /** The shape of its model. */
    public ModelShape shape() {
        return LlamaConfig.read(path.resolve(ModelFiles.CONFIG));
    }

    /** What it was learned from since the checkpoint before. */
    public Lineage lineage() {
        return CheckpointJson.read(path.resolve(CheckpointFiles.LINEAGE), Lineage.class);
    }

    /** What the spike guard remembered; nothing before release 0.3. */
    public GuardState guard() {
        Path file = path.resolve(CheckpointFiles.GUARD);
        return Files.exists(file) ? CheckpointJson.read(file, GuardState.class) : GuardState.START;
    }

    /** What was lost on texts before they were learned from; nothing before release 0.3, where adding up began later. */
    public PrequentialScores prequential() {
        Path file = path.resolve(CheckpointFiles.PREQUENTIAL);
        return Files.exists(file) ? CheckpointJson.read(file, PrequentialScores.class) : PrequentialScores.NONE;
    }

    /** What it commits to; empty if a release without roots wrote it. */
    public Optional<Commitment> commitment() {
        Path file = path.resolve(CheckpointFiles.COMMITMENT);
        return Files.exists(file) ? Optional.of(CheckpointJson.read(file, Commitment.class)) : Optional.empty();
    }

    private Consumed consumed() {
        return commitment().map(Commitment::toConsumed).orElse(new Consumed(step(), MerkleTree.EMPTY));
    }

    /** What computed it; not known before release 0.4. */
    public Optional<ComputedBy> computedBy() {
        Path file = path.resolve(CheckpointFiles.BACKEND);
        return Files.exists(file) ? Optional.of(CheckpointJson.read(file, ComputedBy.class)) : Optional.empty();
    }

    /** Where the run stood. */
    public RunPosition position() {
        return new RunPosition(state.progress(), state.cursor(), guard(), prequential(), consumed());
    }

    /** The vocabulary that is kept with it. */
    public Vocabulary vocabulary() {
        // Older checkpoints have a byte-level vocabulary as tokenizer.model as well.
        Path model = path.resolve(ModelFiles.TOKENIZER_MODEL);
        return Vocabulary.load(Files.exists(model) ? model : path.resolve(ModelFiles.TOKENIZER_JSON));
    }

    /** What stood around a document's tokens. */
    public DocumentEnds ends() {
        return LlamaConfig.readEnds(path.resolve(ModelFiles.TOKENIZER_CONFIG));
    }

    /**
     * Copies weights and moments into a model.
     *
     * @throws MismatchException if the model has another shape
     */
    public void restore(TrainableModel model) {
        requireShape(model.shape());
        try (SafetensorsReader weights = SafetensorsReader.open(path.resolve(ModelFiles.MODEL));
                SafetensorsReader moments = SafetensorsReader.open(path.resolve(CheckpointFiles.OPTIMIZER))) {
            for (ParameterInfo parameter : model.parameters()) {
                for (TensorName name : TensorName.weightOf(parameter)) {
                    name.copy(weights, model);
                }
                for (TensorName name : TensorName.momentsOf(parameter, model)) {
                    restore(name, moments, weights, model);
                }
            }
        }
    }

    /** An average that was not kept so far begins with the weights. */
    private void restore(TensorName name, SafetensorsReader moments, SafetensorsReader weights, TrainableModel model) {
        if (moments.names().contains(name.inFile())) {
            name.copy(moments, model);
        } else if (name.slot() == TrainableModel.Slot.AVERAGE) {
            model.write(
                    name.parameter(), name.slot(), weights.read(name.parameter().name()));
        } else {
            throw new MismatchException(
                    "the checkpoint was trained by another optimizer: there is no " + name.inFile(),
                    path.toString(),
                    "Set train.optimizer.method back to go on with this run, or another train.run to begin a new one");
        }
    }

    /**
     * Copies the weights alone into a model, as for generating text.
     *
     * @throws MismatchException if the model has another shape
     */
    public void restoreWeights(TrainableModel model) {
        requireShape(model.shape());
        try (SafetensorsReader weights = SafetensorsReader.open(path.resolve(ModelFiles.MODEL))) {
            for (ParameterInfo parameter : model.parameters()) {
                for (TensorName name : TensorName.weightOf(parameter)) {
                    name.copy(weights, model);
                }
            }
        }
    }

    private void requireShape(ModelShape shape) {
        ModelShape written = shape();
        if (!written.equals(shape)) {
            throw new MismatchException(
                    "the checkpoint's model is " + written + ", the configured one is " + shape,
                    path.toString(),
                    "Set the model section back to go on with this run, or another train.run to begin a new one");
        }
    }
}
