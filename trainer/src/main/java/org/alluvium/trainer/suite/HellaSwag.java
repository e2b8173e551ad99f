package org.alluvium.trainer.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;

/**
 * HellaSwag (arXiv 1905.07830): which of four endings goes on with a description? A line is an object:
 *
 * <pre>
 * activity_label   what it is about; optional
 * ctx_a, ctx_b     a whole sentence, and the beginning of the one to be ended; or ctx, both in one
 * endings          texts
 * label            index of the right one, a number or a text
 * </pre>
 *
 * Texts are prepared as EleutherAI's evaluation harness does, so that figures compare: the label and a colon come first, ctx_b
 * begins with a capital and goes on in small letters, {@code [title]} becomes a full stop, and other brackets are left out.
 * {@code accuracy} takes the likeliest ending, {@code normalizedAccuracy} the one that is likeliest per byte, since a longer
 * ending is less likely for its length alone. The harness counts characters where bytes are counted here; in English that is
 * the same.
 */
final class HellaSwag implements SuiteFormat {

    private static final Pattern BRACKETS = Pattern.compile("\\[[^\\]]*\\]");

    @Override
    public Question question(JsonNode line) {
        String context = line.has("ctx_a")
                ? SuiteFormat.text(line, "ctx_a")
                        + " "
                        + capitalized(line.path("ctx_b").asText(""))
                : SuiteFormat.text(line, "ctx");
        String label = line.path("activity_label").asText("");
        List<String> endings = new ArrayList<>();
        line.path("endings").forEach(ending -> endings.add(" " + prepared(ending.asText())));
        return new Question(
                "",
                prepared(label.isEmpty() ? context : label + ": " + context),
                endings,
                line.path("label").asInt(-1));
    }

    private static String capitalized(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String prepared(String text) {
        String withoutTitles = text.strip().replace(" [title]", ". ");
        return BRACKETS.matcher(withoutTitles).replaceAll("").replace("  ", " ").strip();
    }

    @Override
    public SortedMap<String, Double> figures(List<Answered> answers) {
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put(
                ACCURACY,
                SuiteFormat.share(answers, answered -> isRightByMost(answered, answered.logLikelihoods()::get)));
        figures.put(
                "normalizedAccuracy",
                SuiteFormat.share(answers, answered -> isRightByMost(answered, i -> perByte(answered, i))));
        return figures;
    }

    /** Of equals the first is taken. */
    private static boolean isRightByMost(Answered answered, IntToDoubleFunction value) {
        int best = 0;
        for (int i = 1; i < answered.logLikelihoods().size(); i++) {
            if (value.applyAsDouble(i) > value.applyAsDouble(best)) {
                best = i;
            }
        }
        return best == answered.question().right();
    }

    private static double perByte(Answered answered, int answer) {
        String text = answered.question().answers().get(answer).strip();
        return answered.logLikelihoods().get(answer) / Math.max(1, text.getBytes(StandardCharsets.UTF_8).length);
    }
}
