package org.alluvium.bench.quality;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.alluvium.bench.labelled.LabelledDocument;
import org.alluvium.bench.labelled.LabelledDocument.Truth;
import org.alluvium.bench.labelled.LabelledSample;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.quality.Features;
import org.alluvium.ingest.quality.KeepRule;
import org.alluvium.ingest.quality.QualityModel;
import org.alluvium.ingest.quality.QualityTrainer;
import org.alluvium.ingest.quality.ScoreTable;
import org.alluvium.ingest.recipe.Recipe;
import org.alluvium.ingest.text.ContentDraw;
import org.alluvium.ingest.text.ContentHasher;
import org.alluvium.ingest.text.Normalizer;

/**
 * Prints what rules and quality models drop of the documents of a labelled crawl day, by the kinds of its truth, and every
 * clean document that was dropped, with the reason and its beginning.
 *
 * <p>Duplicates are left out, so that no text is both learned and judged. The others are halved by a hash of their ids: models
 * learn from one half, all are judged by the other. A model's reference corpus is the clean documents; its raw one is what is
 * not clean or, for comparison, everything, as in GPT-3.
 *
 * <p>Run it with {@code bench/run.sh quality.QualityReport FOLDER [RULES.yaml]}, where the second is a configuration whose
 * filters are judged as well.
 */
public final class QualityReport {

    private static final long SPLIT = 99; // purpose of the draw that halves the day
    private static final int EXCERPT = 160;

    private final List<Sorted> learned;
    private final List<Sorted> judged;

    /** A document in normal form, and what it is in truth. */
    private record Sorted(Document document, String kind, boolean clean) {}

    private QualityReport(List<Sorted> documents) {
        Map<Boolean, List<Sorted>> halves = documents.stream()
                .collect(Collectors.partitioningBy(
                        sorted -> draw(sorted.document().id()) < 0.5));
        learned = halves.get(true);
        judged = halves.get(false);
    }

    /** Prints the report. */
    public static void main(String[] args) throws IOException {
        List<Sorted> documents = LabelledSample.read(Path.of(args[0])).documents().stream()
                .filter(document -> !document.truth().kind().endsWith("_dup"))
                .map(QualityReport::sort)
                .filter(sorted -> !sorted.document().text().isEmpty())
                .toList();
        Optional<Path> rules = args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty();
        new QualityReport(documents).print(rules);
    }

    private static Sorted sort(LabelledDocument labelled) {
        Document document = new Document(
                labelled.id(),
                "crawl",
                "sample@0",
                Optional.of(labelled.url()),
                Normalizer.normalize(labelled.text()),
                0,
                Optional.of(labelled.truth().lang()),
                Map.of());
        return new Sorted(document, kind(labelled.truth()), labelled.truth().clean());
    }

    /** The kind of what is not clean; with its label, where the kind alone would say that it is. */
    private static String kind(Truth truth) {
        if (truth.clean()) {
            return "clean";
        }
        return truth.kind().startsWith(truth.label()) ? truth.kind() : truth.label() + ", " + truth.kind();
    }

    private static double draw(String id) {
        return ContentDraw.v1(ContentHasher.v1(id.getBytes(StandardCharsets.UTF_8)), SPLIT);
    }

    private void print(Optional<Path> rules) {
        QualityModel words = train(Features.WORDS, raw -> !raw.clean());
        QualityModel pairs = train(Features.PAIRS, raw -> !raw.clean());
        List<Judge> judges = new ArrayList<>(List.of(
                Judge.score("words < 0.5", words, 0.5),
                Judge.score("words < 0.4", words, 0.4),
                Judge.score("pairs < 0.4", pairs, 0.4)));
        rules.map(QualityReport::rules).ifPresent(judge -> judges.addAll(List.of(judge, judge.or(judges.get(1)))));
        System.out.printf("%d documents learned, %d judged%n%n", learned.size(), judged.size());
        System.out.println(
                "| model | area under the curve | clean: mean score | kept by Pareto(9) | not clean: mean score | kept by Pareto(9) |\n|---|---|---|---|---|---|");
        printScores("words, raw is all", train(Features.WORDS, raw -> true));
        printScores("words, raw is not clean", words);
        printScores("pairs, raw is not clean", pairs);
        printDrops(judges);
        judges.forEach(this::printFalseDrops);
    }

    private static Judge rules(Path config) {
        return Judge.chain(
                "rules", Recipe.of(ConfigLoader.load(config, List.of()).filters()));
    }

    private QualityModel train(Features features, Predicate<Sorted> raw) {
        QualityTrainer trainer = new QualityTrainer(QualityTrainer.Plan.of(features));
        for (Sorted sorted : learned) {
            String text = sorted.document().text();
            if (sorted.clean()) {
                trainer.add(ContentHasher.v1(text), text, true);
            }
            if (raw.test(sorted)) {
                trainer.add(ContentHasher.v1(text), text, false);
            }
        }
        return trainer.train();
    }

    private void printScores(String name, QualityModel model) {
        ScoreTable table = new ScoreTable(KeepRule.GPT3);
        for (Sorted sorted : judged) {
            String text = sorted.document().text();
            table.add(ContentHasher.v1(text), model.score(text), sorted.clean());
        }
        System.out.printf(
                "| %s | %.3f | %.3f | %.1f %% | %.3f | %.1f %% |%n",
                name,
                table.areaUnderCurve(),
                table.summary(true).meanScore(),
                100 * table.summary(true).keptShare(),
                table.summary(false).meanScore(),
                100 * table.summary(false).keptShare());
    }

    private void printDrops(List<Judge> judges) {
        System.out.println("\n| kind | documents | " + names(judges) + " |\n|---|---|" + "---|".repeat(judges.size()));
        Stream.concat(
                        judged.stream()
                                .map(Sorted::kind)
                                .distinct()
                                .sorted()
                                .map(kind -> Map.entry(kind, (Predicate<Sorted>)
                                        sorted -> sorted.kind().equals(kind))),
                        Stream.of(Map.entry("all that are not clean", (Predicate<Sorted>) sorted -> !sorted.clean())))
                .forEach(row -> printRow(
                        row.getKey(), judged.stream().filter(row.getValue()).toList(), judges));
    }

    private static String names(List<Judge> judges) {
        return judges.stream().map(Judge::name).collect(Collectors.joining(" | "));
    }

    private static void printRow(String name, List<Sorted> documents, List<Judge> judges) {
        String cells = judges.stream()
                .map(judge -> documents.stream()
                        .filter(sorted -> judge.verdict().of(sorted.document()).isPresent())
                        .count())
                .map(dropped -> "%.1f %%".formatted(100.0 * dropped / documents.size()))
                .collect(Collectors.joining(" | "));
        System.out.println("| " + name + " | " + documents.size() + " | " + cells + " |");
    }

    private void printFalseDrops(Judge judge) {
        Map<String, Long> reasons = new TreeMap<>();
        StringBuilder list = new StringBuilder();
        for (Sorted sorted : judged) {
            Optional<String> why = sorted.clean() ? judge.verdict().of(sorted.document()) : Optional.empty();
            why.ifPresent(reason -> {
                reasons.merge(reason.split(" ", 2)[0], 1L, Long::sum);
                list.append(line(sorted.document(), reason)).append('\n');
            });
        }
        System.out.printf("%nclean, and dropped by %s: %s%n%s", judge.name(), reasons, list);
    }

    private static String line(Document document, String reason) {
        String text = document.text().replace('\n', ' ');
        return "%s %s %s %d: %s"
                .formatted(
                        document.id(),
                        document.language().orElseThrow(),
                        reason,
                        text.length(),
                        text.substring(0, Math.min(EXCERPT, text.length())));
    }
}
