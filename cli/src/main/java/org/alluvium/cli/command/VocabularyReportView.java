package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.alluvium.cli.view.PrintableWriter;
import org.alluvium.cli.view.Units;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.report.Tally;
import org.alluvium.tokenizer.report.VocabularyReport;

/** A report on a vocabulary, and on another beside it, as tables and as JSON. */
final class VocabularyReportView {

    private static final int SHOWN = 20;

    private final VocabularyReport report;
    private final Optional<VocabularyReport> other;
    private final long rare;

    VocabularyReportView(VocabularyReport report, Optional<VocabularyReport> other, long rare) {
        this.report = report;
        this.other = other;
        this.rare = rare;
    }

    void print(PrintWriter out) {
        printOne(report, out);
        other.ifPresent(against -> {
            out.println();
            printOne(against, out);
            out.println();
            printComparison(against, out);
        });
    }

    private void printOne(VocabularyReport one, PrintWriter out) {
        Vocabulary vocabulary = one.vocabulary();
        out.printf("%s: %d pieces, digest %s%n", vocabulary.name(), vocabulary.size(), vocabulary.digest());
        Table table = new Table(
                "",
                "texts",
                "bytes",
                "tokens",
                "bytes/token",
                "tokens/word",
                "byte tokens %",
                "unknown %",
                "coverage %");
        one.byLanguage().forEach((language, tally) -> addRow(table, "language " + language, tally));
        one.bySource().forEach((source, tally) -> addRow(table, "source " + source, tally));
        addRow(table, "all", one.total());
        table.print(out);
        List<Integer> unused = one.rarerThan(1);
        List<Integer> rarer = one.rarerThan(rare);
        out.printf(
                "pieces of text that did not occur: %d; less than %d times: %d%n", unused.size(), rare, rarer.size());
        out.println("such as " + pieces(vocabulary, rarer));
    }

    private void printComparison(VocabularyReport against, PrintWriter out) {
        Table table =
                new Table("", report.vocabulary().name(), against.vocabulary().name(), "ratio");
        ratios(against).forEach((name, ratio) -> {
            Tally here =
                    name.equals("all") ? report.total() : report.byLanguage().get(name);
            Tally there =
                    name.equals("all") ? against.total() : against.byLanguage().get(name);
            table.add(name, number(here.bytesPerToken(), 3), number(there.bytesPerToken(), 3), number(ratio, 3));
        });
        out.println("bytes per token, and how many times as many the other has");
        table.print(out);
        printAlone(report, against.vocabulary(), out);
        printAlone(against, report.vocabulary(), out);
    }

    private static void printAlone(VocabularyReport one, Vocabulary other, PrintWriter out) {
        List<Integer> alone = one.notIn(other);
        out.printf(
                "only in %s: %d pieces, such as %s%n",
                one.vocabulary().name(), alone.size(), pieces(one.vocabulary(), alone));
    }

    private static void addRow(Table table, String name, Tally tally) {
        table.add(
                name,
                Units.count(tally.texts()),
                Units.bytes(tally.bytes()),
                Units.count(tally.tokens()),
                number(tally.bytesPerToken(), 3),
                number(tally.fertility(), 3),
                number(100 * tally.fallbackRate(), 3),
                number(100 * tally.unknownRate(), 3),
                number(100 * tally.coverage(), 3));
    }

    private static String pieces(Vocabulary vocabulary, List<Integer> ids) {
        return PrintableWriter.printable(
                ids.stream().limit(SHOWN).map(id -> vocabulary.piece(id).text()).collect(Collectors.joining(" ")));
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** The other's bytes per token by those of the first, by language and for all. */
    private Map<String, Double> ratios(VocabularyReport against) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        report.byLanguage()
                .forEach((language, tally) ->
                        ratios.put(language, ratio(against.byLanguage().get(language), tally)));
        ratios.put("all", ratio(against.total(), report.total()));
        return ratios;
    }

    private static double ratio(Tally other, Tally one) {
        return one.tokens() == 0 ? 0 : other.bytesPerToken() / one.bytesPerToken();
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = fields(report);
        other.ifPresent(against -> {
            Map<String, Object> comparison = new LinkedHashMap<>();
            comparison.put("report", fields(against));
            comparison.put("bytesPerTokenRatio", ratios(against));
            comparison.put("onlyHere", texts(report, report.notIn(against.vocabulary())));
            comparison.put("onlyThere", texts(against, against.notIn(report.vocabulary())));
            fields.put("against", comparison);
        });
        return fields;
    }

    private Map<String, Object> fields(VocabularyReport one) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", one.vocabulary().name());
        fields.put("digest", one.vocabulary().digest());
        fields.put("pieces", one.vocabulary().size());
        fields.put("total", fields(one.total()));
        fields.put("languages", fields(one.byLanguage()));
        fields.put("sources", fields(one.bySource()));
        fields.put("unusedPieces", texts(one, one.rarerThan(1)));
        fields.put("rarePieces", texts(one, one.rarerThan(rare)));
        return fields;
    }

    private static List<String> texts(VocabularyReport one, List<Integer> ids) {
        return ids.stream().map(id -> one.vocabulary().piece(id).text()).toList();
    }

    private static Map<String, Object> fields(SortedMap<String, Tally> tallies) {
        Map<String, Object> fields = new LinkedHashMap<>();
        tallies.forEach((name, tally) -> fields.put(name, fields(tally)));
        return fields;
    }

    /** Sums and what follows from them, as events have them too. */
    static Map<String, Object> fields(Tally tally) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("texts", tally.texts());
        fields.put("bytes", tally.bytes());
        fields.put("characters", tally.characters());
        fields.put("words", tally.words());
        fields.put("tokens", tally.tokens());
        fields.put("byteTokens", tally.byteTokens());
        fields.put("unknownTokens", tally.unknownTokens());
        fields.put("bytesPerToken", tally.bytesPerToken());
        fields.put("fertility", tally.fertility());
        fields.put("fallbackRate", tally.fallbackRate());
        fields.put("unknownRate", tally.unknownRate());
        fields.put("coverage", tally.coverage());
        return fields;
    }
}
