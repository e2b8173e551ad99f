package org.alluvium.bench.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far two texts agree, by the runs of four words that they have in common, counted as often as they occur. Order beyond
 * that, white space and punctuation do not matter. This is the measure of the Article Extraction Benchmark (Scrapinghub,
 * 2019), so that figures compare.
 *
 * @param common runs in both texts
 * @param onlyExpected runs that are missing
 * @param onlyExtracted runs that are too many
 */
record Overlap(long common, long onlyExpected, long onlyExtracted) {

    private static final int RUN_WORDS = 4;
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

    static Overlap of(String expected, String extracted) {
        Map<List<String>, Long> wanted = runs(expected);
        Map<List<String>, Long> found = runs(extracted);
        long common = wanted.entrySet().stream()
                .mapToLong(run -> Math.min(run.getValue(), found.getOrDefault(run.getKey(), 0L)))
                .sum();
        return new Overlap(common, sum(wanted) - common, sum(found) - common);
    }

    /** Share of what was extracted that was wanted; NaN if nothing was extracted. */
    double precision() {
        return (double) common / (common + onlyExtracted);
    }

    /** Share of what was wanted that was extracted; NaN if nothing was wanted. */
    double recall() {
        return (double) common / (common + onlyExpected);
    }

    private static long sum(Map<List<String>, Long> runs) {
        return runs.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A text shorter than a run is one run. */
    private static Map<List<String>, Long> runs(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group());
        }
        Map<List<String>, Long> runs = new HashMap<>();
        int last = Math.max(0, words.size() - RUN_WORDS);
        for (int i = 0; i <= last && !words.isEmpty(); i++) {
            runs.merge(words.subList(i, Math.min(words.size(), i + RUN_WORDS)), 1L, Long::sum);
        }
        return runs;
    }
}
