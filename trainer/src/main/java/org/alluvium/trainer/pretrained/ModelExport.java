package org.alluvium.trainer.pretrained;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.alluvium.contracts.checkpoint.AtomicDirectory;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.export.TokenizerFiles;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.safetensors.Dtype;
import org.alluvium.trainer.safetensors.SafetensorsReader;
import org.alluvium.trainer.safetensors.SafetensorsWriter;

/**
 * Writes a model as others load it: {@code model.safetensors}, the configurations and the tokenizer, named as in
 * {@link ModelFiles}, and a manifest of them. Memory is that of the largest tensor.
 *
 * @param shape of the model
 * @param vocabulary that its ids come from
 * @param ends what stood around documents in training
 * @param dtype of the weights in the file
 */
public record ModelExport(ModelShape shape, Vocabulary vocabulary, DocumentEnds ends, Dtype dtype) {

    /** Loaders of Hugging Face models look for it. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    /**
     * Writes the folder, whole or not at all.
     *
     * @param weights every parameter of the model
     * @param beside further files of the folder, by their names
     * @param target a folder that is not there yet
     * @throws UnavailableException if it is there
     * @throws MismatchException if no published architecture computes what the model does
     */
    public CheckpointManifest write(StoredWeights weights, Map<String, byte[]> beside, Path target) {
        requirePublished(target);
        if (Files.exists(target)) {
            throw new UnavailableException(
                    "there is something of this name already",
                    target.toString(),
                    "Name a folder that is not there yet");
        }
        try (AtomicDirectory folder = AtomicDirectory.begin(target)) {
            write(folder.path(), ModelFiles.CONFIG, LlamaConfig.config(shape, vocabulary, dtype));
            write(folder.path(), ModelFiles.GENERATION_CONFIG, LlamaConfig.generation(shape, vocabulary));
            TokenizerFiles.of(vocabulary, ends.bos(), ends.eos(), shape.context())
                    .forEach((name, content) -> write(folder.path(), name, content));
            beside.forEach((name, content) -> write(folder.path(), name, content));
            convert(weights, folder.path().resolve(ModelFiles.MODEL));
            return folder.publish();
        }
    }

    private void requirePublished(Path target) {
        if (!shape.architecture().isPublished()) {
            throw new MismatchException(
                    "no published architecture computes what this model does: " + shape.architecture(),
                    target.toString(),
                    "Export models with model.activation swiglu and model.logitSoftCap 0; the checkpoint itself can be"
                            + " used by Alluvium");
        }
    }

    private static void write(Path folder, String name, byte[] content) {
        Path file = folder.resolve(name);
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw StorageException.of("export the model", file, e);
        }
    }

    private void convert(StoredWeights from, Path to) {
        try (SafetensorsReader source = SafetensorsReader.open(from.file());
                OutputStream out = Files.newOutputStream(to)) {
            List<String> names = from.parameters(source);
            List<SafetensorsWriter.Declaration> tensors = names.stream()
                    .map(name -> new SafetensorsWriter.Declaration(name, dtype, source.shape(from.nameInFile(name))))
                    .toList();
            SafetensorsWriter writer = SafetensorsWriter.begin(out, METADATA, tensors);
            for (String name : names) {
                writer.write(source.read(from.nameInFile(name)));
            }
            writer.finish();
        } catch (IOException e) {
            throw StorageException.of("export the weights", to, e);
        }
    }
}
