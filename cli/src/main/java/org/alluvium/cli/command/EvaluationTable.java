package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.alluvium.cli.status.EvaluationProgress;
import org.alluvium.cli.status.EvaluationProgress.PartScores;
import org.alluvium.cli.view.Units;

/** What a model under training is worth, by source, language and suite, for people or as JSON. */
final class EvaluationTable {

    private final EvaluationProgress progress;

    EvaluationTable(EvaluationProgress progress) {
        this.progress = progress;
    }

    void print(PrintWriter out) {
        printParts(out);
        if (!progress.suites().isEmpty()) {
            out.println();
            Table table = new Table("suite", "step", "questions", "figure", "value");
            progress.suites()
                    .forEach((suite, score) -> score.figures()
                            .forEach((figure, value) -> table.add(
                                    suite,
                                    Units.count(score.step()),
                                    Units.count(score.questions()),
                                    figure,
                                    Units.decimal(value, 4))));
            table.print(out);
        }
    }

    private void printParts(PrintWriter out) {
        Set<String> parts = new LinkedHashSet<>();
        List<Optional<PartScores>> columns = new ArrayList<>(List.of(progress.heldOut(), progress.prequential()));
        columns.forEach(column ->
                column.ifPresent(scores -> parts.addAll(scores.bitsPerByte().keySet())));
        if (parts.isEmpty()) {
            return;
        }
        out.println();
        Table table = new Table(
                "bits per byte",
                heading("held-out", progress.heldOut()),
                heading("before learning", progress.prequential()));
        parts.forEach(part -> table.add(part, cell(progress.heldOut(), part), cell(progress.prequential(), part)));
        table.print(out);
    }

    private static String heading(String what, Optional<PartScores> scores) {
        return scores.map(found -> what + ", step " + Units.count(found.step())).orElse(what);
    }

    private static String cell(Optional<PartScores> scores, String part) {
        return scores.map(found -> found.bitsPerByte().get(part))
                .filter(Double::isFinite)
                .map(value -> Units.decimal(value, 3))
                .orElse("");
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        progress.heldOut().ifPresent(scores -> fields.put("heldOut", scores));
        progress.prequential().ifPresent(scores -> fields.put("prequential", scores));
        fields.put("suites", progress.suites());
        return fields;
    }
}
