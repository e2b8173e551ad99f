package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.cli.view.Units;
import org.alluvium.trainer.checkpoint.Checkpoint;
import org.alluvium.trainer.score.TextScore;
import org.alluvium.trainer.score.TextScores;
import org.alluvium.trainer.suite.SuiteScore;

/** What an evaluation came to, for people or as JSON. */
final class EvaluationReport {

    private final Checkpoint checkpoint;
    private final List<SuiteScore> suites = new ArrayList<>();
    private Optional<TextScores> heldOut = Optional.empty();

    EvaluationReport(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    void heldOut(TextScores scores) {
        heldOut = Optional.of(scores).filter(found -> found.all().textBytes() > 0);
    }

    void suite(SuiteScore score) {
        suites.add(score);
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("checkpoint", checkpoint.path().toString());
        facts.put("step", checkpoint.step());
        heldOut.ifPresent(scores -> {
            Map<String, Object> fields = new LinkedHashMap<>(facts(scores.all()));
            fields.put("bySource", factsByName(scores.bySource()));
            fields.put("byLanguage", factsByName(scores.byLanguage()));
            facts.put("heldOut", fields);
        });
        Map<String, Object> bySuite = new LinkedHashMap<>();
        suites.forEach(score ->
                bySuite.put(score.suite(), Map.of("questions", score.questions(), "figures", score.figures())));
        facts.put("suites", bySuite);
        return facts;
    }

    private static Map<String, Object> factsByName(Map<String, TextScore> scores) {
        Map<String, Object> facts = new LinkedHashMap<>();
        scores.forEach((name, score) -> facts.put(name, facts(score)));
        return facts;
    }

    private static Map<String, Object> facts(TextScore score) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bitsPerByte", score.bitsPerByte());
        facts.put("bytes", score.textBytes());
        facts.put("documents", score.documents());
        return facts;
    }

    void print(PrintWriter out) {
        out.println(checkpoint.path());
        heldOut.ifPresent(scores -> {
            out.println();
            Table table = new Table("held-out", "documents", "bytes", "bits per byte");
            add(table, "all", scores.all());
            scores.bySource().forEach((name, score) -> add(table, "source " + name, score));
            scores.byLanguage().forEach((name, score) -> add(table, "language " + name, score));
            table.print(out);
        });
        if (!suites.isEmpty()) {
            out.println();
            Table table = new Table("suite", "questions", "figure", "value");
            suites.forEach(suite -> suite.figures()
                    .forEach((name, value) ->
                            table.add(suite.suite(), Units.count(suite.questions()), name, Units.decimal(value, 4))));
            table.print(out);
        }
    }

    private static void add(Table table, String what, TextScore score) {
        table.add(
                what,
                Units.count(score.documents()),
                Units.count(score.textBytes()),
                Units.decimal(score.bitsPerByte(), 4));
    }
}
