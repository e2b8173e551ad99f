package org.alluvium.trainer.pretrained;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.alluvium.contracts.config.ModelConfig;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.model.Architecture;
import org.alluvium.trainer.model.ModelShape;
import org.alluvium.trainer.model.ParameterInfo;
import org.alluvium.trainer.model.TrainableModel;
import org.alluvium.trainer.model.TrainableModel.Slot;
import org.alluvium.trainer.safetensors.SafetensorsReader;

/**
 * A published model that training can begin with: {@code config.json} and, beside it, safetensors in one file or several, of
 * F32, BF16 or F16, under the names of Hugging Face's Llama. Everything that our model does not have is refused by its name.
 * Two things are let pass: tables of rotary frequencies, which are computed from the configuration, and an output projection
 * that equals the embedding it is tied to.
 *
 * @param folder where the configuration lies
 * @param files of tensors
 * @param shape as published
 */
public record PretrainedModel(Path folder, List<Path> files, ModelShape shape) {

    private static final int NAMED = 5; // tensors in a message; a wrong layout has hundreds
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String OUTPUT = "lm_head.weight";
    private static final String FREQUENCIES = "rotary_emb.inv_freq";

    public PretrainedModel {
        files = List.copyOf(files);
    }

    /**
     * Reads a model's description, none of its tensors.
     *
     * @param place its folder, its one file of tensors, or the index of several
     * @throws org.alluvium.contracts.error.UnavailableException if there is no model
     * @throws org.alluvium.contracts.error.DataException if its description is damaged
     * @throws MismatchException if it is of another layout
     */
    public static PretrainedModel open(Path place) {
        List<Path> files = TensorFiles.find(place);
        Path folder = files.getFirst().toAbsolutePath().getParent();
        return new PretrainedModel(folder, files, LlamaConfig.read(folder.resolve(ModelFiles.CONFIG)));
    }

    /**
     * The shape to train: the published one with the configured context, or its own where none is configured.
     *
     * @throws MismatchException if another dimension is configured otherwise
     */
    public ModelShape shapeFor(ModelConfig config) {
        requireSame("layers", config.layers(), shape.layers());
        requireSame("channels", config.channels(), shape.channels());
        requireSame("heads", config.heads(), shape.heads());
        requireSame("kvHeads", config.kvHeads(), shape.kvHeads());
        requireSame("hidden", config.hidden(), shape.hidden());
        requireSameArchitecture(config);
        return config.context().map(shape::withContext).orElse(shape);
    }

    /** What is configured as in plain Llama has not been configured. */
    private void requireSameArchitecture(ModelConfig config) {
        Architecture configured = new Architecture(config.qkNorm(), config.activation(), config.logitSoftCap());
        if (!configured.equals(Architecture.LLAMA) && !configured.equals(shape.architecture())) {
            throw new MismatchException(
                    "the model section asks for " + configured + ", and the model to begin with is "
                            + shape.architecture(),
                    folder.toString(),
                    "Leave model.qkNorm, model.activation and model.logitSoftCap out; the model brings them with it");
        }
    }

    private void requireSame(String key, Optional<Integer> configured, int published) {
        if (configured.isPresent() && configured.get() != published) {
            throw new MismatchException(
                    "model." + key + " is " + configured.get() + ", and " + published + " in the model to begin with",
                    folder.toString(),
                    "Leave model." + key + " out; the model brings its shape with it");
        }
    }

    /**
     * Checks that token ids mean to this model what they mean to the corpus.
     *
     * @throws MismatchException if the numbers of tokens differ, or if a tokenizer lies beside the model and is another
     */
    public void requireVocabulary(Vocabulary vocabulary) {
        // A tokenizer.json beside a SentencePiece model is made from it, and cannot be compared.
        Path own = folder.resolve(
                vocabulary.byteLevel().isPresent() ? ModelFiles.TOKENIZER_JSON : ModelFiles.TOKENIZER_MODEL);
        if (Files.exists(own) && !Vocabulary.load(own).digest().equals(vocabulary.digest())) {
            throw new MismatchException(
                    "the corpus has another tokenizer than the model to begin with: " + vocabulary.name(),
                    own.toString(),
                    "Set tokenizer.model to this file and ingest the corpus with it");
        }
        if (shape.vocabulary() != vocabulary.size()) {
            throw new MismatchException(
                    "the model to begin with knows " + shape.vocabulary() + " tokens, vocabulary " + vocabulary.name()
                            + " has " + vocabulary.size(),
                    folder.toString(),
                    "Set tokenizer.model to the model's own tokenizer and ingest the corpus with it");
        }
    }

    /**
     * Copies the weights into a model of this shape whose moments are zero.
     *
     * @throws MismatchException naming tensors that one has and the other has not, or that differ in shape
     * @throws org.alluvium.contracts.error.DataException if a file is damaged
     */
    public void fill(TrainableModel model) {
        try (TensorFiles tensors = TensorFiles.open(files)) {
            requireNames(tensors, model.parameters());
            for (ParameterInfo parameter : model.parameters()) {
                SafetensorsReader file = tensors.holding(parameter.name());
                file.requireShape(parameter.name(), parameter.dimensions());
                float[] weights = file.read(parameter.name());
                model.write(parameter, Slot.WEIGHT, weights);
                if (model.slots(parameter).contains(Slot.AVERAGE)) {
                    model.write(parameter, Slot.AVERAGE, weights);
                }
            }
        }
    }

    private void requireNames(TensorFiles tensors, List<ParameterInfo> parameters) {
        Set<String> missing = new TreeSet<>();
        parameters.forEach(parameter -> missing.add(parameter.name()));
        Set<String> unknown = new TreeSet<>(tensors.names());
        unknown.removeAll(missing);
        missing.removeAll(tensors.names());
        unknown.removeIf(name -> name.endsWith(FREQUENCIES));
        unknown.removeIf(name -> isTiedOutput(name, tensors));
        requireNone("biases, which our model has not", unknown, name -> name.endsWith(".bias"));
        requireNone("tensors that the Llama layout has not", unknown, name -> true);
        requireNone("too little: these tensors are missing", missing, name -> true);
    }

    private boolean isTiedOutput(String name, TensorFiles tensors) {
        return shape.tiedEmbeddings()
                && name.equals(OUTPUT)
                && tensors.names().contains(EMBEDDING)
                && Arrays.equals(
                        tensors.holding(OUTPUT).read(OUTPUT),
                        tensors.holding(EMBEDDING).read(EMBEDDING));
    }

    private void requireNone(String what, Set<String> names, Predicate<String> concerned) {
        List<String> found = names.stream().filter(concerned).toList();
        if (!found.isEmpty()) {
            String more = found.size() > NAMED ? " and " + (found.size() - NAMED) + " more" : "";
            throw new MismatchException(
                    "the model has " + what + ": " + String.join(", ", found.subList(0, Math.min(NAMED, found.size())))
                            + more,
                    folder.toString(),
                    "Use a model of the Llama layout, whole and without biases");
        }
    }
}
