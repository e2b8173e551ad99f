package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.alluvium.cli.command.DayScoring.Scored;
import org.alluvium.cli.view.Units;
import org.alluvium.trainer.days.DayScore;
import org.alluvium.trainer.days.DocumentLoss;
import org.alluvium.trainer.days.Estimate;
import org.alluvium.trainer.days.Stratum;

/** What checkpoints lose on each day of publication, for people or as JSON: of one checkpoint, or of two, before and after. */
final class DayReport {

    private static final int DECIMALS = 4;

    private final List<Scored> scored;

    DayReport(List<Scored> scored) {
        this.scored = scored;
    }

    void print(PrintWriter out) {
        boolean two = scored.size() == 2;
        for (int i = 0; i < scored.size(); i++) {
            Scored each = scored.get(i);
            out.println((two ? List.of("before: ", "after:  ").get(i) : "")
                    + each.checkpoint().path()
                    + each.learned()
                            .newestDay()
                            .map(day -> ", which had learned from documents up to " + day)
                            .orElse(", which had learned from no document with a date"));
        }
        out.println();
        Table table = two
                ? new Table(
                        "day",
                        "documents",
                        "bytes",
                        "before",
                        "after",
                        "difference",
                        "error",
                        "learned before",
                        "learned after")
                : new Table("day", "documents", "bytes", "bits/byte", "error", "loss/token", "error", "learned", "is");
        strata().forEach(stratum -> table.add(two ? compared(stratum) : alone(stratum)));
        table.print(out);
    }

    private List<Stratum> strata() {
        return List.copyOf(scored.getFirst().losses().keySet());
    }

    private String[] alone(Stratum stratum) {
        Scored only = scored.getFirst();
        DayScore score = DayScore.of(only.losses().get(stratum));
        List<String> cells = begin(stratum, score);
        add(cells, score.bitsPerByte());
        add(cells, score.lossPerToken());
        cells.add(Units.count(only.learned().documents(stratum)));
        cells.add(side(only, stratum));
        return cells.toArray(String[]::new);
    }

    private String[] compared(Stratum stratum) {
        List<DocumentLoss> before = scored.getFirst().losses().get(stratum);
        List<DocumentLoss> after = scored.getLast().losses().get(stratum);
        List<String> cells = begin(stratum, DayScore.of(before));
        cells.add(number(DayScore.of(before).bitsPerByte().value()));
        cells.add(number(DayScore.of(after).bitsPerByte().value()));
        add(cells, DayScore.difference(before, after).bitsPerByte());
        scored.forEach(each -> cells.add(Units.count(each.learned().documents(stratum))));
        return cells.toArray(String[]::new);
    }

    private static List<String> begin(Stratum stratum, DayScore score) {
        return new ArrayList<>(List.of(stratum.name(), Units.count(score.documents()), Units.count(score.textBytes())));
    }

    private static void add(List<String> cells, Estimate estimate) {
        cells.add(number(estimate.value()));
        cells.add(number(estimate.standardError()));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Units.decimal(value, DECIMALS) : "";
    }

    private static String side(Scored by, Stratum stratum) {
        return switch (by.learned().side(stratum)) {
            case BEFORE -> "past";
            case NEWEST -> "newest";
            case AFTER -> "to come";
        };
    }

    /** The same as members of a JSON object. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        List<Map<String, Object>> checkpoints = new ArrayList<>();
        for (Scored each : scored) {
            Map<String, Object> checkpoint = new LinkedHashMap<>();
            checkpoint.put("checkpoint", each.checkpoint().path().toString());
            checkpoint.put("step", each.checkpoint().step());
            each.learned().newestDay().ifPresent(day -> checkpoint.put("newestDayLearned", day.toString()));
            checkpoints.add(checkpoint);
        }
        facts.put("checkpoints", checkpoints);
        facts.put("days", strata().stream().map(this::facts).toList());
        return facts;
    }

    private Map<String, Object> facts(Stratum stratum) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("day", stratum.name());
        facts.put("dateIsOf", stratum.by().name().toLowerCase(Locale.ROOT));
        facts.put("to", stratum.period().to().toString());
        List<DocumentLoss> first = scored.getFirst().losses().get(stratum);
        DayScore score = DayScore.of(first);
        facts.put("documents", score.documents());
        facts.put("tokens", score.tokens());
        facts.put("bytes", score.textBytes());
        facts.put(
                "checkpoints", scored.stream().map(each -> facts(each, stratum)).toList());
        if (scored.size() == 2) {
            List<DocumentLoss> after = scored.getLast().losses().get(stratum);
            facts.put("difference", DayScore.difference(first, after).figures());
        }
        return facts;
    }

    private static Map<String, Object> facts(Scored by, Stratum stratum) {
        Map<String, Object> facts =
                new LinkedHashMap<>(DayScore.of(by.losses().get(stratum)).figures());
        facts.put("documentsLearned", by.learned().documents(stratum));
        facts.put("is", side(by, stratum));
        return facts;
    }
}
