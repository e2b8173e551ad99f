package org.alluvium.bench.pii;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.alluvium.bench.labelled.LabelledDocument;
import org.alluvium.bench.labelled.LabelledDocument.Span;
import org.alluvium.bench.labelled.LabelledSample;
import org.alluvium.ingest.pii.PiiScanner;
import org.alluvium.ingest.pii.span.PiiSpan;
import org.alluvium.ingest.pii.span.PiiType;

/**
 * Prints what the scanner finds of what was planted in a labelled folder, by type: planted, found whole, recall; and what it
 * found that nobody declared, in documents with something planted and in the others. Then every miss and every undeclared
 * span with what stands around it, to be read: many a real address stands in real documents. Last, how fast the scanner is.
 *
 * <p>A planted span is found if a found one of the right type covers it, and one character more or less at either end.
 *
 * <p>Run it with {@code bench/run.sh pii.PiiAccuracy FOLDER} on a folder as {@link LabelledSample} reads it.
 */
public final class PiiAccuracy {

    private static final int CONTEXT = 40;

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();
    private final List<String> undeclared = new ArrayList<>();

    private PiiAccuracy() {}

    private static final class Row {
        private int planted;
        private int found;
        private int besides;
        private int elsewhere;

        String line(String type) {
            return "| %s | %d | %d | %.3f | %.3f | %d | %d |"
                    .formatted(
                            type,
                            planted,
                            found,
                            (double) found / planted,
                            (double) found / (found + besides),
                            besides,
                            elsewhere);
        }
    }

    public static void main(String[] args) throws IOException {
        PiiAccuracy accuracy = new PiiAccuracy();
        PiiScanner scanner = new PiiScanner(EnumSet.allOf(PiiType.class), Set.of());
        List<LabelledDocument> documents = LabelledSample.read(Path.of(args[0])).documents();
        documents.forEach(document -> accuracy.compare(document, scanner.scan(document.text())));
        accuracy.print();
        List<String> texts = documents.stream().map(LabelledDocument::text).toList();
        LongAdder spans = new LongAdder();
        double rate = Rate.of(texts, text -> spans.add(scanner.scan(text).size()));
        System.out.printf("%n%.0f MB per CPU-second (%d spans)%n", rate, spans.sum());
    }

    private void compare(LabelledDocument document, List<PiiSpan> found) {
        List<Span> planted = document.truth().pii();
        for (Span span : planted) {
            Row row = row(label(span));
            row.planted++;
            if (found.stream().anyMatch(candidate -> matches(candidate, span))) {
                row.found++;
            } else {
                misses.add(label(span) + ": " + around(document, span.start16(), span.end16()));
            }
        }
        for (PiiSpan span : found) {
            if (planted.stream().noneMatch(truth -> matches(span, truth))) {
                Row row = row(label(span));
                if (planted.isEmpty()) {
                    row.elsewhere++;
                } else {
                    row.besides++;
                }
                undeclared.add("%s%s: %s"
                        .formatted(
                                label(span),
                                planted.isEmpty() ? "" : " besides planted ones",
                                around(document, span.start(), span.end())));
            }
        }
    }

    private static boolean matches(PiiSpan found, Span planted) {
        return label(found).equals(label(planted))
                && Math.abs(found.start() - planted.start16()) <= 1
                && Math.abs(found.end() - planted.end16()) <= 1;
    }

    private static String label(PiiSpan span) {
        return span.kind();
    }

    /** China's mobile numbers are telephone numbers like others. */
    private static String label(Span span) {
        return span.type().equals("cn_mobile") ? "phone" : span.type();
    }

    private Row row(String type) {
        return rows.computeIfAbsent(type, absent -> new Row());
    }

    private static String around(LabelledDocument document, int start, int end) {
        String text = document.text();
        return "%s …%s[%s]%s…"
                .formatted(
                        document.id(),
                        text.substring(Math.max(0, start - CONTEXT), start),
                        text.substring(start, end),
                        text.substring(end, Math.min(text.length(), end + CONTEXT)))
                .replaceAll("\\s+", " ");
    }

    private void print() {
        System.out.println(
                "| type | planted | found | recall | precision | undeclared besides planted | undeclared elsewhere |\n"
                        + "|---|---|---|---|---|---|---|");
        rows.forEach((type, row) -> System.out.println(row.line(type.toLowerCase(Locale.ROOT))));
        System.out.println("\nMissed:\n" + String.join("\n", misses));
        System.out.println("\nUndeclared:\n" + String.join("\n", undeclared));
    }
}
