package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.alluvium.ingest.quality.QualityModel;
import org.alluvium.ingest.quality.ScoreTable;
import org.alluvium.ingest.quality.ScoreTable.Summary;
import org.alluvium.ingest.quality.TextSample;

/** How the scores of a model tell two corpora apart, for people or as JSON. */
final class ScoreReport {

    private final ScoreTable scores;

    ScoreReport(ScoreTable scores) {
        this.scores = scores;
    }

    static ScoreReport of(
            QualityModel model, ScoreTable empty, List<TextSample.Text> reference, List<TextSample.Text> raw) {
        reference.forEach(text -> empty.add(text.hash(), model.score(text.text()), true));
        raw.forEach(text -> empty.add(text.hash(), model.score(text.text()), false));
        return new ScoreReport(empty);
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("areaUnderCurve", scores.areaUnderCurve());
        facts.put("reference", scores.summary(true));
        facts.put("raw", scores.summary(false));
        return facts;
    }

    void print(PrintWriter out) {
        Table table = new Table("corpus", "texts", "mean score", "0.5 or more", "kept");
        add(table, "reference", scores.summary(true));
        add(table, "raw", scores.summary(false));
        table.print(out);
        out.println();
        Table tenths = new Table("score from", "reference", "raw");
        List<Long> ofReference = scores.summary(true).tenths();
        List<Long> ofRaw = scores.summary(false).tenths();
        for (int tenth = 0; tenth < ofReference.size(); tenth++) {
            tenths.add(
                    "0." + tenth,
                    ofReference.get(tenth).toString(),
                    ofRaw.get(tenth).toString());
        }
        tenths.print(out);
        out.printf(Locale.ROOT, "%narea under the ROC curve: %.4f%n", scores.areaUnderCurve());
    }

    private static void add(Table table, String corpus, Summary summary) {
        table.add(
                corpus,
                Long.toString(summary.texts()),
                "%.3f".formatted(summary.meanScore()),
                "%.1f %%".formatted(100 * summary.likelyShare()),
                "%.1f %%".formatted(100 * summary.keptShare()));
    }
}
