package org.alluvium.bench.content;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.alluvium.bench.content.LabelledPages.LabelledPage;

/**
 * Prints a table of what the candidates make of labelled pages: mean precision and recall by {@link Overlap} and F1 of the
 * two, pages of which nothing was made, and millions of characters of pages per second of CPU time of one thread, on the
 * second of two passes.
 *
 * <p>Run it with {@code bench/run.sh content.MainContentBenchmark FOLDER} on a folder as {@link LabelledPages} reads it.
 */
public final class MainContentBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLION = 1e6;

    private MainContentBenchmark() {}

    public static void main(String[] args) throws IOException {
        List<LabelledPage> pages = LabelledPages.read(Path.of(args[0]));
        System.out.println(
                "| extractor | F1 | precision | recall | empty | M characters per CPU-second |\n|---|---|---|---|---|---|");
        for (Candidate candidate : Candidate.ALL) {
            extract(candidate, pages); // warms up
            long before = THREADS.getCurrentThreadCpuTime();
            List<String> texts = extract(candidate, pages);
            double seconds = (THREADS.getCurrentThreadCpuTime() - before) / NANOS_PER_SECOND;
            System.out.println(row(candidate, pages, texts, seconds));
        }
    }

    private static List<String> extract(Candidate candidate, List<LabelledPage> pages) {
        return pages.stream().map(page -> candidate.extract(page.html())).toList();
    }

    private static String row(Candidate candidate, List<LabelledPage> pages, List<String> texts, double seconds) {
        DoubleSummaryStatistics precision = new DoubleSummaryStatistics();
        DoubleSummaryStatistics recall = new DoubleSummaryStatistics();
        for (int i = 0; i < pages.size(); i++) {
            Overlap overlap = Overlap.of(pages.get(i).content(), texts.get(i));
            DoubleStream.of(overlap.precision()).filter(Double::isFinite).forEach(precision);
            DoubleStream.of(overlap.recall()).filter(Double::isFinite).forEach(recall);
        }
        double p = precision.getAverage();
        double r = recall.getAverage();
        long empty = texts.stream().filter(String::isBlank).count();
        double millions = pages.stream().mapToLong(page -> page.html().length()).sum() / MILLION;
        return "| %s | %.3f | %.3f | %.3f | %d | %.1f |"
                .formatted(candidate.label(), 2 * p * r / (p + r), p, r, empty, millions / seconds);
    }
}
