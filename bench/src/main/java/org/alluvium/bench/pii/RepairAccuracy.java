package org.alluvium.bench.pii;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.alluvium.bench.labelled.LabelledDocument;
import org.alluvium.bench.labelled.LabelledSample;
import org.alluvium.ingest.text.TextRepair;
import org.alluvium.ingest.text.TextRepair.Repaired;

/**
 * Prints what is repaired in the documents of a labelled folder, by the damage that was done to them: documents, those in
 * which something was repaired but for white space and composition, and how often what was. Then the first change in each,
 * and how fast it goes.
 *
 * <p>Run it with {@code bench/run.sh pii.RepairAccuracy FOLDER} on a folder as {@link LabelledSample} reads it.
 */
public final class RepairAccuracy {

    private static final int EXCERPT = 60;

    private RepairAccuracy() {}

    private static final class Row {
        private int documents;
        private int repaired;
        private final Map<String, Long> edits = new TreeMap<>();
    }

    public static void main(String[] args) throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        StringBuilder changes = new StringBuilder();
        List<LabelledDocument> documents = LabelledSample.read(Path.of(args[0])).documents();
        for (LabelledDocument document : documents) {
            String damage = document.truth().damage().orElse("none");
            Row row = rows.computeIfAbsent(damage, absent -> new Row());
            Repaired repaired = TextRepair.repair(document.text());
            Map<String, Long> edits = new TreeMap<>(repaired.edits());
            edits.keySet().removeAll(Set.of("repair.white_space", "repair.composition"));
            row.documents++;
            row.repaired += edits.isEmpty() ? 0 : 1;
            edits.forEach((edit, count) -> row.edits.merge(edit, count, Long::sum));
            if (!edits.isEmpty()) {
                changes.append("%s %s %s %s%n"
                        .formatted(damage, document.id(), edits, excerpts(document.text(), repaired.text())));
            }
        }
        System.out.println("| damage | documents | repaired | edits |\n|---|---|---|---|");
        rows.forEach((damage, row) ->
                System.out.printf("| %s | %d | %d | %s |%n", damage, row.documents, row.repaired, row.edits));
        System.out.println("\n" + changes);
        List<String> texts = documents.stream().map(LabelledDocument::text).toList();
        LongAdder characters = new LongAdder();
        double rate = Rate.of(
                texts, text -> characters.add(TextRepair.repair(text).text().length()));
        System.out.printf("%.0f MB per CPU-second (%d characters)%n", rate, characters.sum());
    }

    private static String excerpts(String before, String after) {
        int i = 0;
        while (i < before.length() && i < after.length() && before.charAt(i) == after.charAt(i)) {
            i++;
        }
        int start = Math.max(0, i - EXCERPT / 3);
        return "[%s] -> [%s]"
                .formatted(excerpt(before, start), excerpt(after, start))
                .replaceAll("\\s+", " ");
    }

    private static String excerpt(String text, int start) {
        return text.substring(Math.min(start, text.length()), Math.min(text.length(), start + EXCERPT));
    }
}
