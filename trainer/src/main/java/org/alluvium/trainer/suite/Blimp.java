package org.alluvium.trainer.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;

/**
 * BLiMP (arXiv 1912.00582): which of two sentences, alike but for one point of grammar, is English? A line is an object with
 * {@code sentence_good}, {@code sentence_bad} and {@code linguistics_term}, which names the point. {@code accuracy} counts
 * pairs of which the good sentence is the likelier, as a whole; {@code accuracy/…} those of one point. Without BOS a sentence's
 * first piece is not predicted from anything and plays no part.
 */
final class Blimp implements SuiteFormat {

    @Override
    public Question question(JsonNode line) {
        return new Question(
                line.path("linguistics_term").asText("other"),
                "",
                List.of(SuiteFormat.text(line, "sentence_good"), SuiteFormat.text(line, "sentence_bad")),
                0);
    }

    @Override
    public SortedMap<String, Double> figures(List<Answered> answers) {
        SortedMap<String, Double> figures = SuiteFormat.shareByGroup(ACCURACY, answers, Blimp::isGoodLikelier);
        figures.put(ACCURACY, SuiteFormat.share(answers, Blimp::isGoodLikelier));
        return figures;
    }

    private static boolean isGoodLikelier(Answered answered) {
        return answered.logLikelihoods().get(0) > answered.logLikelihoods().get(1);
    }
}
