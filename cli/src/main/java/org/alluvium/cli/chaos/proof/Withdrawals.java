package org.alluvium.cli.chaos.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.alluvium.cli.chaos.proof.JournalView.Again;

/**
 * Whether what was taken down is gone, and nothing else. Pure.
 *
 * @param takedowns ids by the sequence of the takedown
 * @param knowing for each document that was ever learned from, the newest takedown that the journal had named when a step did so
 *     last
 * @param again each time that steps were undone and taken again
 * @param leftOver files that were replaced and are still there
 */
record Withdrawals(
        Map<Long, Set<String>> takedowns, Map<String, Long> knowing, List<Again> again, List<String> leftOver) {

    /** None where nothing was taken down. */
    List<Claim> claims(List<CorpusView.Row> current, Set<String> learned) {
        if (takedowns.isEmpty()) {
            return List.of();
        }
        String detail = takedowns.size() + " takedowns, " + taken().size() + " documents";
        return List.of(
                Claim.unless(
                        "no row of the log is of a document that was taken down",
                        detail,
                        current.stream()
                                .map(CorpusView.Row::id)
                                .filter(taken()::contains)
                                .toList()),
                Claim.unless(
                        "no step that counts has learned from one",
                        detail,
                        learned.stream().filter(taken()::contains).toList()),
                Claim.unless("no step has learned from one that the run knew to be taken down", detail, known()),
                Claim.unless(
                        "what was undone was learned again in the same order, but for what was taken down",
                        again.size() + " times",
                        disordered()),
                Claim.unless("every file that was replaced is destroyed", detail, leftOver));
    }

    /** Everything that was taken down. */
    Set<String> taken() {
        return takedowns.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private Set<String> known() {
        Set<String> against = new TreeSet<>();
        takedowns.forEach((sequence, ids) -> ids.stream()
                .filter(id -> knowing.getOrDefault(id, -1L) >= sequence)
                .forEach(against::add));
        return against;
    }

    private List<String> disordered() {
        List<String> against = new ArrayList<>();
        for (Again each : again) {
            List<String> before = kept(each.undone());
            List<String> after = kept(each.again());
            int both = Math.min(before.size(), after.size());
            for (int i = 0; i < both; i++) {
                if (!before.get(i).equals(after.get(i))) {
                    against.add("after step " + each.afterStep() + ": " + before.get(i) + ", then " + after.get(i));
                    break;
                }
            }
        }
        return against;
    }

    private List<String> kept(Set<String> ids) {
        return ids.stream().filter(id -> !taken().contains(id)).toList();
    }
}
