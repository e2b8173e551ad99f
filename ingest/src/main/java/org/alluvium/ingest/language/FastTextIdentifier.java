package org.alluvium.ingest.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.alluvium.ingest.fasttext.FastTextModel;

/**
 * Asks a user's model about the text as it is, line feeds taken for blanks, as fastText would be asked; of a long text only about
 * {@link Window}s. Tags are the labels of the model.
 */
final class FastTextIdentifier implements LanguageIdentifier {

    private static final double LEAST_CONFIDENCE = 0.001;

    private final FastTextModel model;

    FastTextIdentifier(FastTextModel model) {
        this.model = model;
    }

    @Override
    public List<LanguageScore> identify(String text) {
        StringBuilder line = new StringBuilder();
        for (Window window : Window.of(text)) {
            line.append(text, window.start(), window.end()).append(' ');
        }
        if (line.chars().noneMatch(c -> Script.of(c) != Script.NONE)) {
            return List.of();
        }
        double[] probabilities = model.probabilities(line.toString());
        List<LanguageScore> scores = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] > LEAST_CONFIDENCE) {
                scores.add(new LanguageScore(model.labels().get(i), probabilities[i]));
            }
        }
        scores.sort(Comparator.comparingDouble(LanguageScore::confidence).reversed());
        return scores;
    }

    @Override
    public Set<String> languages() {
        return new TreeSet<>(model.labels());
    }
}
