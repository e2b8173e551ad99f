package org.alluvium.cli.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.FilterChain.Opinion;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Judgement;

/** What filters said of a document, by names that programs read. */
public final class Opinions {

    private Opinions() {}

    /** What one filter measured, and what it decided. */
    public static Map<String, Object> fields(Opinion opinion) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("filter", opinion.filter());
        fields.put("findings", opinion.findings().stream().map(Opinions::fields).toList());
        switch (opinion.decision()) {
            case Decision.Keep _ -> fields.put("decision", "keep");
            case Decision.Change change -> {
                fields.put("decision", "change");
                fields.put("edits", change.edits());
            }
            case Decision.Drop drop -> {
                fields.put("decision", "drop");
                fields.put("reason", drop.reason());
                fields.put("detail", drop.detail());
            }
        }
        return fields;
    }

    /** One measured value; one of which nothing is demanded has no threshold. */
    public static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", finding.rule());
        fields.put("value", finding.value());
        if (finding.demands()) {
            fields.put("bound", finding.bound());
            fields.put("threshold", finding.threshold());
        }
        return fields;
    }

    /** {@code passes}, or {@code rejected: filter.reason}. */
    public static String words(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Passed _ -> "passes";
            case Judgement.Rejected rejected ->
                "rejected: " + rejected.filter() + "." + rejected.drop().reason();
        };
    }
}
