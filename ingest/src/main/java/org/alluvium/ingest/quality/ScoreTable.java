package org.alluvium.ingest.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.alluvium.contracts.document.ContentHash;

/** Scores of texts of which it is known what they are, and what follows from them. For one thread. */
public final class ScoreTable {

    private static final int BINS = 10;

    private final KeepRule rule;
    private final List<Row> rows = new ArrayList<>();

    private record Row(double score, boolean reference, boolean kept) {}

    /**
     * What became of the texts of one corpus.
     *
     * @param texts how many there are
     * @param meanScore of them; NaN if there are none, as the shares
     * @param likelyShare of those with a score of 0.5 or more
     * @param keptShare of those that the rule keeps
     * @param tenths how many have scores from 0 to 0.1, from there to 0.2, and so on
     */
    public record Summary(long texts, double meanScore, double likelyShare, double keptShare, List<Long> tenths) {}

    public ScoreTable(KeepRule rule) {
        this.rule = rule;
    }

    /** Takes the score of a text. */
    public void add(ContentHash hash, double score, boolean reference) {
        rows.add(new Row(score, reference, score >= rule.demands(hash)));
    }

    /** What became of the texts of one or the other corpus. */
    public Summary summary(boolean reference) {
        List<Row> some =
                rows.stream().filter(row -> row.reference() == reference).toList();
        long[] tenths = new long[BINS];
        some.forEach(row -> tenths[Math.min(BINS - 1, (int) (row.score() * BINS))]++);
        return new Summary(
                some.size(),
                some.stream().mapToDouble(Row::score).average().orElse(Double.NaN),
                share(some, some.stream().filter(row -> row.score() >= 0.5).count()),
                share(some, some.stream().filter(Row::kept).count()),
                Arrays.stream(tenths).boxed().toList());
    }

    private static double share(List<Row> rows, long count) {
        return count / (double) rows.size();
    }

    /**
     * The area under the ROC curve: how likely a text of the reference has a higher score than a raw one, where equal scores
     * count half. NaN if either corpus has no texts.
     */
    public double areaUnderCurve() {
        List<Row> sorted =
                rows.stream().sorted(Comparator.comparingDouble(Row::score)).toList();
        double below = 0;
        double wins = 0;
        double references = 0;
        int i = 0;
        while (i < sorted.size()) {
            double score = sorted.get(i).score();
            int raws = 0;
            int here = 0;
            for (; i < sorted.size() && sorted.get(i).score() == score; i++) {
                here += sorted.get(i).reference() ? 1 : 0;
                raws += sorted.get(i).reference() ? 0 : 1;
            }
            wins += here * (below + raws / 2.0);
            below += raws;
            references += here;
        }
        return wins / (references * below);
    }
}
