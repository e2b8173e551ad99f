package org.alluvium.trainer.journal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.alluvium.trainer.data.TakenDocuments.Passed;
import org.alluvium.trainer.journal.JournalLine.Part;

/**
 * Compares a step with what was recorded of it before documents were taken down. All places count, not only ids: one document may
 * be there in two versions of which one is taken down, and a hole does not tell whose it is.
 */
final class PassedOver {

    private PassedOver() {}

    /**
     * Whether the recorded step is this one with one or more of the documents that are passed over now, each where it is passed
     * over. What moved up at the end of this step is not compared. Some may have been passed over before, too.
     *
     * @param passed in the order of the step
     */
    static boolean explains(List<Part> recorded, List<Part> now, List<Passed> passed) {
        Set<Integer> missing = Set.of(0); // how many recorded parts may be missing before this place
        int place = 0;
        for (Passed next : passed) {
            missing = agreeing(recorded, now, place, next.place(), missing);
            place = next.place();
            Set<Integer> more = new HashSet<>(missing);
            for (int before : missing) {
                int at = place + before;
                if (at < recorded.size()
                        && next.id().map(recorded.get(at).id()::equals).orElse(true)) {
                    more.add(before + 1);
                }
            }
            missing = more;
        }
        return agreeing(recorded, now, place, now.size(), missing).stream()
                .anyMatch(count -> count > 0 && now.size() + count >= recorded.size());
    }

    /** Those numbers of missing parts with which both steps have the same between two places. */
    private static Set<Integer> agreeing(List<Part> recorded, List<Part> now, int from, int to, Set<Integer> missing) {
        return missing.stream()
                .filter(count -> IntStream.range(from, to).allMatch(at -> agree(recorded, at + count, now.get(at))))
                .collect(Collectors.toSet());
    }

    private static boolean agree(List<Part> recorded, int at, Part now) {
        if (at >= recorded.size()) {
            return true; // moved up
        }
        Part before = recorded.get(at);
        boolean cut = at == recorded.size() - 1 && before.tokens() < now.tokens();
        return before.id().equals(now.id()) && before.from() == now.from() && (before.tokens() == now.tokens() || cut);
    }
}
