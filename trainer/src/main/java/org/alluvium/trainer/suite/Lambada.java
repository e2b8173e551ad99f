package org.alluvium.trainer.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * LAMBADA (arXiv 1606.06031): which word ends a passage that makes it plain? A line is an object whose {@code text} is the
 * passage, or, in files that are not {@code .jsonl}, the passage itself. What follows its last space is the word.
 * {@code accuracy} counts words of which every token is the likeliest one; {@code perplexity} is {@code exp} of the mean loss
 * of a word, all its tokens together.
 */
final class Lambada implements SuiteFormat {

    @Override
    public Question question(JsonNode line) {
        String passage = line.isTextual() ? line.textValue() : SuiteFormat.text(line, "text");
        String text = passage.strip();
        int space = text.lastIndexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("it has no word before the last one");
        }
        return new Question("", text.substring(0, space).stripTrailing(), List.of(text.substring(space)), 0);
    }

    @Override
    public boolean asksWhetherForetold() {
        return true;
    }

    @Override
    public SortedMap<String, Double> figures(List<Answered> answers) {
        double loss = -answers.stream()
                .mapToDouble(Answered::logLikelihoodOfRight)
                .average()
                .orElseThrow();
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put(ACCURACY, SuiteFormat.share(answers, Answered::foretold));
        figures.put("perplexity", Math.exp(loss));
        return figures;
    }
}
