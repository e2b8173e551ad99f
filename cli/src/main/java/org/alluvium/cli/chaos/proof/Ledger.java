package org.alluvium.cli.chaos.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds what was produced against what is in the log and what was learned. Pure.
 *
 * @param topic ids of the messages that the topic holds, each as often as it is there
 * @param files ids of the records in files, each as often as it is there
 * @param textOf the text of the document of each id that was ever produced
 * @param acknowledged ids of the messages that the broker had acknowledged, each as often as it had
 * @param taken ids of documents that were taken down: of a text with one of them there need not be a row
 * @param flushing ids that were produced at the end, so that others are learned: of them the last may not be
 */
public record Ledger(
        List<String> topic,
        List<String> files,
        Map<String, String> textOf,
        List<String> acknowledged,
        Set<String> taken,
        Set<String> flushing) {

    /** Everything that can be said of an observed deployment that has come to rest. */
    public List<Claim> claims(Observer observer) {
        List<Claim> claims = new ArrayList<>();
        List<CorpusView.Row> rows = observer.rows();
        claims.add(delivered());
        claims.addAll(logged(rows));
        claims.add(counted(observer.funnel().read()));
        claims.addAll(learned(rows, observer.pieces()));
        claims.addAll(observer.withdrawals().claims(rows, observer.pieces().keySet()));
        return claims;
    }

    /** The harness's own part: what it calls produced is what there was to be read. */
    Claim delivered() {
        Map<String, Integer> there = times(topic);
        Set<String> against = new TreeSet<>();
        times(acknowledged).forEach((id, times) -> {
            if (there.getOrDefault(id, 0) < times) {
                against.add(id);
            }
        });
        there.keySet().stream().filter(id -> !textOf.containsKey(id)).forEach(against::add);
        return Claim.unless(
                "every acknowledged message is in the topic, and nothing that was not sent",
                acknowledged.size() + " acknowledged, " + topic.size() + " there",
                against);
    }

    /** Every text that was produced is in the log once, under one of the ids that it was produced with. */
    List<Claim> logged(List<CorpusView.Row> rows) {
        Set<String> produced = new HashSet<>(topic);
        produced.addAll(files);
        Map<String, Integer> expected = new HashMap<>(); // by text: times in the log
        produced.forEach(id -> expected.put(text(id), 0));
        Set<String> unknown = new TreeSet<>();
        Set<String> repeated = new TreeSet<>();
        for (CorpusView.Row row : rows) {
            if (!produced.contains(row.id())) {
                unknown.add(row.id());
            } else if (expected.merge(text(row.id()), 1, Integer::sum) > 1) {
                repeated.add(row.id());
            }
        }
        Set<String> missing = new TreeSet<>();
        Set<String> withdrawn = taken.stream().map(this::text).collect(Collectors.toSet());
        produced.stream()
                .filter(id -> expected.get(text(id)) == 0 && !withdrawn.contains(text(id)))
                .forEach(missing::add);
        String detail =
                "%d records of %d texts, %d rows".formatted(topic.size() + files.size(), expected.size(), rows.size());
        return List.of(
                Claim.unless(
                        "every text that was produced" + (taken.isEmpty() ? "" : " and not taken down")
                                + " is in the log",
                        detail,
                        missing),
                Claim.unless("no text is in the log twice", detail, repeated),
                Claim.unless("nothing is in the log that was not produced", detail, unknown));
    }

    private String text(String id) {
        return textOf.getOrDefault(id, id);
    }

    /** Records, not documents: one that was read twice and dropped once shows here. */
    Claim counted(long read) {
        long there = (long) topic.size() + files.size();
        return new Claim(
                "the log counts every record that there is once",
                read == there,
                read + " read, " + there + " there",
                List.of());
    }

    /** Every token of every row was learned once. */
    List<Claim> learned(List<CorpusView.Row> rows, Map<String, List<JournalView.Piece>> pieces) {
        Set<String> against = new TreeSet<>();
        Set<String> strange = new TreeSet<>(pieces.keySet());
        strange.removeAll(taken); // has a claim of its own
        long whole = 0;
        for (CorpusView.Row row : rows) {
            List<JournalView.Piece> learned = pieces.getOrDefault(row.id(), List.of());
            strange.remove(row.id());
            if (Learned.isWhole(row, learned)) {
                whole++;
            } else if (!flushing.contains(row.id()) || !Learned.isBeginning(row, learned)) {
                against.add(row.id());
            }
        }
        return List.of(
                Claim.unless(
                        "every document of the log is in the journal, each of its tokens once",
                        "%d of %d rows learned whole; the rest is of the %d that flush the last window"
                                .formatted(whole, rows.size(), flushing.size()),
                        against),
                Claim.unless(
                        "the journal names no document that the log does not hold", pieces.size() + " named", strange));
    }

    private static Map<String, Integer> times(List<String> ids) {
        Map<String, Integer> times = new HashMap<>();
        ids.forEach(id -> times.merge(id, 1, Integer::sum));
        return times;
    }
}
