package org.alluvium.ingest.body;

import java.util.List;

/**
 * Finds the body of a plain text: the run of lines with the greatest sum of scores (Pasternack, Roth: Extracting article text
 * from the web with maximum subsequence segmentation, 2009), prose counting for it and short phrases against it, as
 * {@link Line} says. Lines between, such as titles and lists, belong to it if there is enough prose on either side.
 *
 * <p>Departing from the paper, there are no tags to score, lines are scored and not words, and by a rule that was not learned.
 * And since verse, lists and code have little that looks like prose, the best run is the body only if it holds most of
 * what there is: else only what is furniture beyond doubt is cut off both ends.
 *
 * <p>What is found depends on the lines of the body far more than on those around it, so that copies of a text have the
 * same body whatever sites they are on.
 */
public final class Body {

    /** Letters that the best run must have: many texts end in the same sentence. */
    private static final int LEAST_LETTERS = 60;

    /** The share of all letters, furniture beyond doubt aside, that it must have. */
    private static final double LEAST_SHARE = 0.4;

    private Body() {}

    /** Lines from one up to, and without, another. */
    private record Run(int from, int to) {

        int letters(List<Line> lines) {
            return lines.subList(from, to).stream().mapToInt(Line::letters).sum();
        }

        String cut(String text, List<Line> lines) {
            return text.substring(lines.get(from).start(), lines.get(to - 1).end());
        }
    }

    /** The body of a text: some of its lines, without a gap; all of them if nothing tells a body from what is around it. */
    public static String of(String text) {
        List<Line> lines = Line.of(text);
        Run inner = withoutFrame(lines);
        Run best = best(lines, inner);
        double least = Math.max(LEAST_LETTERS, LEAST_SHARE * inner.letters(lines));
        Run body = best.letters(lines) >= least ? best : inner;
        return body.letters(lines) > 0 ? body.cut(text, lines) : text;
    }

    /** The lines around all prose up to furniture beyond doubt; without prose, the most that such furniture leaves in one. */
    private static Run withoutFrame(List<Line> lines) {
        int from = 0;
        while (from < lines.size() && lines.get(from).score() <= 0) {
            from++;
        }
        if (from == lines.size()) {
            return widest(lines);
        }
        int to = lines.size();
        while (lines.get(to - 1).score() <= 0) {
            to--;
        }
        while (from > 0 && !lines.get(from - 1).frame()) {
            from--;
        }
        while (to < lines.size() && !lines.get(to).frame()) {
            to++;
        }
        return new Run(from, to);
    }

    private static Run widest(List<Line> lines) {
        Run widest = new Run(0, 0);
        int from = 0;
        for (int i = 0; i <= lines.size(); i++) {
            if (i == lines.size() || lines.get(i).frame()) {
                Run run = new Run(from, i);
                widest = run.letters(lines) > widest.letters(lines) ? run : widest;
                from = i + 1;
            }
        }
        return widest;
    }

    private static Run best(List<Line> lines, Run within) {
        Run best = new Run(within.from(), within.from());
        int highest = 0;
        int sum = 0;
        int from = within.from();
        for (int i = within.from(); i < within.to(); i++) {
            if (sum <= 0) {
                sum = 0;
                from = i;
            }
            sum += lines.get(i).score();
            if (sum > highest) {
                highest = sum;
                best = new Run(from, i + 1);
            }
        }
        return best;
    }
}
