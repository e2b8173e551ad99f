package org.alluvium.ingest.fasttext;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.error.StorageException;

/**
 * A classifier trained by fastText (Joulin et al. 2016, "Bag of Tricks for Efficient Text Classification"), of version 12 as
 * fastText 0.9 writes it, or 11: whole ({@code .bin}) or quantized ({@code .ftz}), with pruned features or not, with a quantized
 * output or not, and with any of its losses. Which of these a file is stands in it; its name does not matter.
 *
 * <p>Probabilities are fastText's up to 1e-5 a step: it adds that to each before it takes a logarithm, and this does not; and
 * it looks the sigmoid of the losses {@code ova} and {@code ns} up in a table of 512 values, where this computes it.
 *
 * <p>Not thread-safe.
 */
public final class FastTextModel {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Features features;
    private final Matrix input;
    private final Output output;
    private final List<String> labels;

    private FastTextModel(Features features, Matrix input, Output output, List<String> labels) {
        this.features = features;
        this.input = input;
        this.output = output;
        this.labels = labels;
    }

    /**
     * Reads a model.
     *
     * @throws org.alluvium.contracts.error.DataException if the file is not such a model
     * @throws StorageException if it cannot be read
     */
    public static FastTextModel load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw StorageException.of("read the model", file, e);
        }
    }

    /**
     * Reads a model from a stream, which is left open.
     *
     * @param where name of the file, for errors
     */
    public static FastTextModel read(InputStream in, String where) throws IOException {
        return read(new ModelInput(new BufferedInputStream(in, BUFFER_BYTES), where));
    }

    /** The same model with every weight as a number of its own: larger, and faster. */
    public FastTextModel unpacked() {
        return new FastTextModel(features, input.unpacked(), output, labels);
    }

    /** The labels without their prefix, in the order of their probabilities. */
    public List<String> labels() {
        return labels;
    }

    /**
     * The probability of each label.
     *
     * @param text a line; a line feed in it counts as a blank
     */
    public double[] probabilities(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return probabilities(utf8, utf8.length);
    }

    /** The same of the first {@code length} bytes of a text in UTF-8. */
    public double[] probabilities(byte[] utf8, int length) {
        features.look(utf8, length);
        float[] mean = new float[input.columns()];
        for (int i = 0; i < features.count(); i++) {
            input.addRow(features.row(i), mean);
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= Math.max(1, features.count());
        }
        return output.probabilities(mean);
    }

    private static FastTextModel read(ModelInput in) throws IOException {
        try {
            Settings settings = Settings.read(in);
            List<Features.Label> labels = new ArrayList<>();
            Features features = Features.read(in, settings, labels);
            boolean quantized = in.bool();
            Matrix input = quantized ? QuantizedMatrix.read(in) : DenseMatrix.read(in);
            boolean quantizedOutput = in.bool() && quantized;
            Matrix weights = quantizedOutput ? QuantizedMatrix.read(in) : DenseMatrix.read(in);
            if (features.rowsNeeded() > input.rows()) {
                throw in.damaged("its features need " + features.rowsNeeded() + " rows, not " + input.rows());
            }
            if (input.columns() != settings.columns() || weights.columns() != settings.columns()) {
                throw in.damaged("its matrices are not of " + settings.columns() + " columns");
            }
            return new FastTextModel(
                    features,
                    input,
                    output(in, settings, weights, labels),
                    labels.stream().map(Features.Label::name).toList());
        } catch (EOFException e) {
            throw in.damaged("it ends too early");
        }
    }

    private static Output output(ModelInput in, Settings settings, Matrix weights, List<Features.Label> labels) {
        if (weights.rows() != labels.size()) {
            throw in.damaged(weights.rows() + " rows of output for " + labels.size() + " labels");
        }
        return switch (settings.loss()) {
            case 1 ->
                HuffmanOutput.of(
                        weights,
                        labels.stream().mapToLong(Features.Label::occurrences).toArray());
            case 2, 4 -> new Output.OneVersusAll(weights);
            case 3 -> new Output.Softmax(weights);
            default -> throw in.damaged("its loss is number " + settings.loss());
        };
    }
}
