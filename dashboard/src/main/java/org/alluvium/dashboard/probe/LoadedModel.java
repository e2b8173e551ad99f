package org.alluvium.dashboard.probe;

import java.nio.file.Path;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.dashboard.matrix.Matrix;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.document.DocumentTokenizer;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModels;
import org.alluvium.trainer.model.TrainingSetup;
import org.alluvium.trainer.pretrained.ModelFiles;
import org.alluvium.trainer.safetensors.SafetensorsReader;

/**
 * One model in memory, which takes over the weights of whichever checkpoint is asked about. It computes on the CPU: an accelerator
 * is the trainer's. For one thread.
 */
public final class LoadedModel implements AutoCloseable {

    private static final String EMBEDDING = "model.embed_tokens.weight";

    private TrainableModel model;
    private Path weightsOf = Path.of("");
    private Vocabulary vocabulary;
    private Path vocabularyOf = Path.of("");

    /** No model yet. */
    public LoadedModel() {}

    /**
     * The model with a checkpoint's weights.
     *
     * @throws org.alluvium.contracts.error.ConfigException if it does not fit into memory
     */
    public TrainableModel of(Checkpoint checkpoint) {
        ModelShape shape = checkpoint.shape();
        if (model == null || !model.shape().equals(shape)) {
            close();
            model = TrainableModels.create(
                    shape,
                    TrainingSetup.toEvaluate(1),
                    TrainConfig.Backend.CPU,
                    TrainConfig.Precision.AUTO,
                    Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        }
        if (!weightsOf.equals(checkpoint.path())) {
            checkpoint.restoreWeights(model);
            weightsOf = checkpoint.path();
        }
        return model;
    }

    /** The vocabulary of a checkpoint. */
    public Vocabulary vocabulary(Checkpoint checkpoint) {
        if (!vocabularyOf.equals(checkpoint.path().getParent())) {
            vocabulary = checkpoint.vocabulary(); // that of the run
            vocabularyOf = checkpoint.path().getParent();
        }
        return vocabulary;
    }

    /** Ids of a text, marked as documents were in training. */
    public int[] tokens(Checkpoint checkpoint, String text) {
        Vocabulary known = vocabulary(checkpoint);
        try (DocumentTokenizer tokenizer =
                DocumentTokenizer.of(known, checkpoint.ends().bos(), false)) {
            return tokenizer.tokenize(text);
        }
    }

    /** The embeddings of a checkpoint's tokens (V,C). */
    public Matrix embedding(Checkpoint checkpoint) {
        try (SafetensorsReader weights =
                SafetensorsReader.open(checkpoint.path().resolve(ModelFiles.MODEL))) {
            return new Matrix(
                    weights.read(EMBEDDING),
                    weights.shape(EMBEDDING).getFirst(),
                    weights.shape(EMBEDDING).getLast());
        }
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
            model = null;
            weightsOf = Path.of("");
        }
    }
}
