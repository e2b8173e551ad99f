package org.alluvium.trainer.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.model.TrainableModel;

/**
 * What the model of a checkpoint made of the run's probe texts. A function of its weights, the texts and the vocabulary.
 *
 * @param version of the format, {@link #VERSION}
 * @param step of the checkpoint
 * @param texts in the order of the configuration
 * @param weights how large they are
 */
public record ProbeReport(int version, long step, List<Probed> texts, WeightSizes weights) {

    /** Of the format that is written. */
    public static final int VERSION = 1;

    /** So much of a text names it in figures. */
    private static final int NAME_LENGTH = 24;

    public ProbeReport {
        texts = List.copyOf(texts);
    }

    /** A text, as the model reads it and as its heads look at it. */
    public record Probed(String text, Reading reading, AttentionView attention) {}

    /**
     * Asks a model.
     *
     * @param beforeText called before each text; what it throws ends the report
     */
    public static ProbeReport of(
            long step, TrainableModel model, List<ProbeText> texts, Vocabulary vocabulary, Runnable beforeText) {
        List<Probed> probed = new ArrayList<>();
        for (ProbeText text : texts) {
            beforeText.run();
            probed.add(new Probed(
                    text.text(),
                    Reading.of(model, text.ids(), vocabulary),
                    AttentionView.of(model, text.ids(), vocabulary)));
        }
        return new ProbeReport(VERSION, step, probed, WeightSizes.of(model));
    }

    /** What is in it of a text, if that is one of its texts. */
    public Optional<Probed> about(String text) {
        return texts.stream().filter(probed -> probed.text().equals(text)).findFirst();
    }

    /**
     * A few figures of it: {@code bitsPerByte}, on average over texts; of heads, on average over them and the texts,
     * {@code entropyBits}, {@code distance}, {@code previousTokenShare}, {@code firstTokenShare}; {@code idleHeads}, those that
     * look at nothing in any text; {@code embeddingNorm}; {@code weights}, by kind; {@code byText}, for each its
     * {@code bitsPerByte}.
     */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bitsPerByte", mean(texts, probed -> probed.reading().bitsPerByte()));
        List<AttentionView.Head> heads = texts.stream()
                .flatMap(probed -> probed.attention().heads().stream())
                .toList();
        figures.put("entropyBits", mean(heads, AttentionView.Head::entropyBits));
        figures.put("distance", mean(heads, AttentionView.Head::distance));
        figures.put("previousTokenShare", mean(heads, AttentionView.Head::previous));
        figures.put("firstTokenShare", mean(heads, AttentionView.Head::first));
        figures.put("idleHeads", idleHeads());
        figures.put("embeddingNorm", weights.embeddingNorm());
        figures.put("weights", weights.rootMeanSquare());
        Map<String, Object> byText = new LinkedHashMap<>();
        for (Probed probed : texts) {
            double bits = probed.reading().bitsPerByte();
            byText.put(byText.size() + 1 + " " + shortened(probed.text()), Map.of("bitsPerByte", bits));
        }
        figures.put("byText", byText);
        return figures;
    }

    private long idleHeads() {
        return texts.isEmpty()
                ? 0
                : IntStream.range(0, texts.getFirst().attention().heads().size())
                        .filter(head -> texts.stream()
                                .allMatch(probed ->
                                        probed.attention().heads().get(head).idle()))
                        .count();
    }

    private static <T> double mean(List<T> of, ToDoubleFunction<T> figure) {
        return of.stream().mapToDouble(figure).average().orElse(0);
    }

    /** The beginning of a text, up to the end of a word. */
    private static String shortened(String text) {
        if (text.length() <= NAME_LENGTH) {
            return text;
        }
        int end = text.lastIndexOf(' ', NAME_LENGTH);
        return text.substring(0, end > 0 ? end : NAME_LENGTH) + "…";
    }
}
