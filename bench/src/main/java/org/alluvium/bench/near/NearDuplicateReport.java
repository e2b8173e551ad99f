package org.alluvium.bench.near;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.alluvium.bench.labelled.LabelledDocument;
import org.alluvium.bench.labelled.LabelledSample;
import org.alluvium.bench.labelled.LabelledSample.Pair;
import org.alluvium.contracts.config.NearDedupConfig.Compare;
import org.alluvium.ingest.address.Host;
import org.alluvium.ingest.body.Body;
import org.alluvium.ingest.boilerplate.LineSketch;
import org.alluvium.ingest.boilerplate.LineSketch.Rule;
import org.alluvium.ingest.boilerplate.TextLines;
import org.alluvium.ingest.near.BandKeys;
import org.alluvium.ingest.near.BandKeys.Bands;
import org.alluvium.ingest.near.SimplifiedText;
import org.alluvium.ingest.text.Normalizer;
import org.alluvium.ingest.text.TextRepair;

/**
 * Which near-duplicates of a labelled sample meet in a band, beside those that are declared.
 *
 * <pre>
 *   bench/run.sh near.NearDuplicateReport FOLDER [whole|body [bands [rows [documents]]]]
 * </pre>
 *
 * With a number of documents, lines that as many documents of a host have had are cut out first.
 */
public final class NearDuplicateReport {

    private static final double SIMILAR = 0.8;

    private final List<LabelledDocument> documents;
    private final Map<String, Set<Long>> shingles = new HashMap<>();
    private final Map<String, LineSketch> hosts = new HashMap<>();
    private final Compare compare;
    private final Bands bands;
    private final int documentsWithLine;

    private NearDuplicateReport(List<LabelledDocument> documents, Compare compare, Bands bands, int documentsWithLine) {
        this.documents = documents;
        this.compare = compare;
        this.bands = bands;
        this.documentsWithLine = documentsWithLine;
    }

    /** Two documents, the one with the smaller id first. */
    private record Two(String a, String b) {
        static Two of(String one, String other) {
            return one.compareTo(other) < 0 ? new Two(one, other) : new Two(other, one);
        }
    }

    public static void main(String[] args) throws IOException {
        LabelledSample sample = LabelledSample.read(Path.of(args[0]));
        Compare compare = args.length > 1 ? Compare.valueOf(args[1].toUpperCase(Locale.ROOT)) : Compare.BODY;
        int number = args.length > 2 ? Integer.parseInt(args[2]) : Bands.FINEWEB.number();
        int rows = args.length > 3 ? Integer.parseInt(args[3]) : Bands.FINEWEB.rows();
        int documents = args.length > 4 ? Integer.parseInt(args[4]) : Integer.MAX_VALUE;
        NearDuplicateReport report =
                new NearDuplicateReport(sample.documents(), compare, new Bands(5, number, rows, 1), documents);
        report.print(sample.pairs());
    }

    private void print(List<Pair> declared) {
        Set<Two> found = found();
        System.out.printf(
                Locale.ROOT,
                "%d documents, %d declared pairs; bands %d x %d, P(0.8) = %.3f; %d pairs meet%n",
                documents.size(),
                declared.size(),
                bands.number(),
                bands.rows(),
                bands.probability(SIMILAR),
                found.size());
        recall("declared, main content >= 0.8", declared, found, pair -> pair.jaccard() >= SIMILAR);
        recall(
                "declared, whole text >= 0.8",
                declared,
                found,
                pair -> pair.fullJaccard() != null && pair.fullJaccard() >= SIMILAR);
        recall(
                "declared, as we cut words >= 0.8",
                declared,
                found,
                pair -> similarity(Two.of(pair.a(), pair.b())) >= SIMILAR);
        precision(declared, found);
        leftOut(declared, found);
    }

    private static void recall(String what, List<Pair> declared, Set<Two> found, Predicate<Pair> wanted) {
        List<Pair> pairs = declared.stream().filter(wanted).toList();
        List<Pair> missed = pairs.stream()
                .filter(pair -> !found.contains(Two.of(pair.a(), pair.b())))
                .toList();
        System.out.printf(
                Locale.ROOT,
                "%-36s %4d, found %4d: recall %.4f%n",
                what,
                pairs.size(),
                pairs.size() - missed.size(),
                1 - (double) missed.size() / pairs.size());
        missed.forEach(pair -> System.out.printf(
                Locale.ROOT,
                "    missed %s %s %s main %.3f full %s%n",
                pair.a(),
                pair.b(),
                pair.type(),
                pair.jaccard(),
                pair.fullJaccard()));
    }

    private void precision(List<Pair> declared, Set<Two> found) {
        Set<Two> known = new HashSet<>();
        declared.forEach(pair -> known.add(Two.of(pair.a(), pair.b())));
        int[] ours = new int[11];
        int[] others = new int[11];
        for (Two pair : found) {
            (known.contains(pair) ? ours : others)[(int) (similarity(pair) * 10)]++;
        }
        System.out.println("found, by exact Jaccard in tenths: declared   " + Arrays.toString(ours));
        System.out.println("                                   undeclared " + Arrays.toString(others));
    }

    /**
     * Documents that are left out if they come in this order: with a declared relative before them, or by how similar the most
     * similar one before is, for a person to look at.
     */
    private void leftOut(List<Pair> declared, Set<Two> found) {
        Map<String, String> cluster = clusters(declared);
        int relatives = 0;
        List<String> similar = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            String id = documents.get(i).id();
            List<String> before = documents.subList(0, i).stream()
                    .map(LabelledDocument::id)
                    .filter(other -> found.contains(Two.of(id, other)))
                    .sorted(Comparator.comparingDouble(other -> -similarity(Two.of(id, other))))
                    .toList();
            if (before.stream().anyMatch(other -> root(cluster, id).equals(root(cluster, other)))) {
                relatives++;
            } else if (!before.isEmpty()) {
                double similarity = similarity(Two.of(id, before.get(0)));
                (similarity >= SIMILAR ? similar : others)
                        .add("    %s %s %.3f".formatted(id, before.get(0), similarity));
            }
        }
        System.out.printf(
                "%d documents left out: %d with a declared relative before them, %d others with Jaccard >= %.1f, %d less%n",
                relatives + similar.size() + others.size(), relatives, similar.size(), SIMILAR, others.size());
        similar.forEach(System.out::println);
        others.forEach(System.out::println);
    }

    private static Map<String, String> clusters(List<Pair> declared) {
        Map<String, String> parents = new HashMap<>();
        for (Pair pair : declared) {
            parents.put(root(parents, pair.b()), root(parents, pair.a()));
        }
        return parents;
    }

    private static String root(Map<String, String> parents, String id) {
        String root = id;
        while (!parents.getOrDefault(root, root).equals(root)) {
            root = parents.get(root);
        }
        return root;
    }

    private double similarity(Two pair) {
        Set<Long> a = shingles.get(pair.a());
        Set<Long> b = shingles.get(pair.b());
        if (a == null || b == null || (a.isEmpty() && b.isEmpty())) {
            return 0;
        }
        long common = a.stream().filter(b::contains).count();
        return (double) common / (a.size() + b.size() - common);
    }

    private String withoutBoilerplate(String url, String text) {
        LineSketch host = hosts.computeIfAbsent(Host.of(url).orElse(""), name -> new LineSketch());
        return TextLines.without(text, host.see(TextLines.of(text), new Rule(documentsWithLine, 0.1)));
    }

    private Set<Two> found() {
        BandKeys keys = new BandKeys(bands, compare);
        Map<Long, List<String>> byKey = new HashMap<>();
        for (LabelledDocument document : documents) {
            String text = withoutBoilerplate(
                    document.url(),
                    Normalizer.normalize(TextRepair.repair(document.text()).text()));
            Set<Long> own = new HashSet<>();
            Arrays.stream(SimplifiedText.of(compare == Compare.BODY ? Body.of(text) : text)
                            .shingles(bands.words()))
                    .forEach(own::add);
            shingles.put(document.id(), own);
            for (long key : keys.of(text)) {
                byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(document.id());
            }
        }
        Set<Two> found = new HashSet<>();
        for (List<String> group : byKey.values()) {
            for (int i = 1; i < group.size(); i++) {
                for (int j = 0; j < i; j++) {
                    found.add(Two.of(group.get(i), group.get(j)));
                }
            }
        }
        return found;
    }
}
