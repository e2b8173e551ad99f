package org.alluvium.bench.language;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.alluvium.bench.labelled.LabelledDocument;
import org.alluvium.bench.labelled.LabelledSample;
import org.alluvium.ingest.language.LanguageIdentifier;
import org.alluvium.ingest.language.LanguageScore;
import org.alluvium.ingest.text.Normalizer;
import org.alluvium.ingest.text.TextRepair;

/**
 * Prints how many documents of a labelled folder each candidate finds the language of, and how many megabytes of UTF-8 it reads
 * per second of CPU time of one thread, on the second of two passes; then how many of those that we are sure of are right, and
 * each document where we and the truth differ, with its languages. Texts are repaired first, as they are when they are read.
 * Documents of up to 200 characters, and those that the truth gives no single language, are left out.
 *
 * <p>Run it with {@code bench/run.sh language.LanguageAccuracy FOLDER}.
 */
public final class LanguageAccuracy {

    private static final int SHORTEST = 200;
    private static final double SURE = 0.65;
    private static final int EXCERPT = 100;
    private static final int SHOWN_SCORES = 3;
    private static final Set<String> NO_LANGUAGE = Set.of("und", "mul");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LanguageAccuracy() {}

    public static void main(String[] args) throws IOException {
        List<LabelledDocument> documents = LabelledSample.read(Path.of(args[0])).documents().stream()
                .filter(document -> document.truth().chars() > SHORTEST)
                .filter(document -> !NO_LANGUAGE.contains(document.truth().lang()))
                .map(LanguageAccuracy::repaired)
                .toList();
        List<Candidate> candidates = Candidate.all();
        System.out.println("| identifier | all | clean and undamaged | MB per CPU-second |\n|---|---|---|---|");
        for (Candidate candidate : candidates) {
            wrong(candidate, documents); // warms up
            long before = THREADS.getCurrentThreadCpuTime();
            List<LabelledDocument> wrong = wrong(candidate, documents);
            System.out.println(row(candidate, documents, wrong, THREADS.getCurrentThreadCpuTime() - before));
        }
        LanguageIdentifier ours = LanguageIdentifier.bundled();
        List<LabelledDocument> sure = documents.stream()
                .filter(document -> confidence(ours, document) >= SURE)
                .toList();
        System.out.println(
                "right of those with confidence " + SURE + ": " + share(sure, wrong(candidates.get(0), sure)));
        wrong(candidates.get(0), documents).forEach(document -> System.out.println(describe(document, ours)));
    }

    private static LabelledDocument repaired(LabelledDocument document) {
        String text = Normalizer.normalize(TextRepair.repair(document.text()).text());
        return new LabelledDocument(document.id(), document.url(), document.date(), text, document.truth());
    }

    private static double confidence(LanguageIdentifier identifier, LabelledDocument document) {
        return identifier.identify(document.text()).stream()
                .mapToDouble(LanguageScore::confidence)
                .max()
                .orElse(0);
    }

    private static List<LabelledDocument> wrong(Candidate candidate, List<LabelledDocument> documents) {
        return documents.stream()
                .filter(document ->
                        !candidate.isRight(document.text(), document.truth().lang()))
                .toList();
    }

    private static String row(
            Candidate candidate, List<LabelledDocument> documents, List<LabelledDocument> wrong, long nanos) {
        long bytes = documents.stream()
                .mapToLong(document -> document.text().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return "| %s | %s | %s | %.1f |"
                .formatted(
                        candidate.label(),
                        share(documents, wrong),
                        share(undamaged(documents), undamaged(wrong)),
                        bytes * 1e3 / nanos);
    }

    private static List<LabelledDocument> undamaged(List<LabelledDocument> documents) {
        return documents.stream()
                .filter(document ->
                        document.truth().clean() && document.truth().damage().isEmpty())
                .toList();
    }

    private static String share(List<LabelledDocument> documents, List<LabelledDocument> wrong) {
        return "%.2f %% of %,d"
                .formatted(100.0 * (documents.size() - wrong.size()) / documents.size(), documents.size());
    }

    private static String describe(LabelledDocument document, LanguageIdentifier identifier) {
        String text = document.text();
        String middle = text.substring(text.length() / 2, Math.min(text.length(), text.length() / 2 + EXCERPT));
        return "%s %s, %s, %s: %s %s"
                .formatted(
                        document.id(),
                        document.truth().lang(),
                        document.truth().kind(),
                        document.truth().damage().orElse("undamaged"),
                        identifier.identify(text).stream().limit(SHOWN_SCORES).toList(),
                        middle.replace('\n', ' '));
    }
}
