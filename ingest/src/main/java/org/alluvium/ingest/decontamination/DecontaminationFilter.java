package org.alluvium.ingest.decontamination;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.alluvium.contracts.config.DecontaminationConfig;
import org.alluvium.contracts.config.DecontaminationConfig.Action;
import org.alluvium.ingest.decontamination.EvaluationSets.Item;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;

/**
 * Takes the items of evaluation sets out of documents, as GPT-3 did (Brown et al., 2020, appendix C): each 13-gram that a
 * document shares with an item is cut out with 200 characters on either side, pieces shorter than 200 characters go as
 * well, and a document left in more than 10 pieces is dropped, before short pieces are taken away.
 *
 * <p>Two departures. The pieces stay one document, with an empty line between them: there, each became a document.
 * And n-grams that more than ten documents had were not looked for there, which can only be known when all documents have
 * been seen; here a text of what is common can be configured instead.
 */
public final class DecontaminationFilter implements Filter {

    /** Items of one document that are named one by one; the others are counted together. */
    private static final int NAMED = 5;

    private static final String CONTAMINATED = "contaminated";

    private final EvaluationSets sets;
    private final Rules rules;

    /** What is done about collisions; see {@link DecontaminationConfig} for each. */
    public record Rules(int limit, Action action, int window, int minPiece, int maxPieces) {

        /** The rules of a configuration. */
        public static Rules of(DecontaminationConfig config) {
            return new Rules(config.limit(), config.action(), config.window(), config.minPiece(), config.maxPieces());
        }
    }

    public DecontaminationFilter(EvaluationSets sets, Rules rules) {
        this.sets = sets;
        this.rules = rules;
    }

    @Override
    public String name() {
        return "decontamination";
    }

    @Override
    public Decision judge(Subject subject) {
        List<Collision> collisions = sets.collisions(subject.text());
        Finding found = found(collisions);
        if (!found.fails()) {
            return Decision.KEEP;
        }
        Map<String, Long> items = byItem(collisions);
        if (rules.action() == Action.DROP) {
            return new Decision.Drop(CONTAMINATED, describe(items), List.of(found));
        }
        Cut cut = Cut.of(subject.text(), collisions, rules.window());
        List<Finding> findings = new ArrayList<>(List.of(found));
        for (Finding finding : findingsOf(cut)) {
            findings.add(finding);
            if (finding.fails()) {
                return new Decision.Drop(finding.rule(), describe(items), findings);
            }
        }
        return new Decision.Change(subject.withText(cut.text(rules.minPiece())), items);
    }

    @Override
    public List<Finding> examine(Subject subject) {
        List<Collision> collisions = sets.collisions(subject.text());
        List<Finding> findings = new ArrayList<>(List.of(found(collisions)));
        if (rules.action() == Action.CUT && findings.get(0).fails()) {
            findings.addAll(findingsOf(Cut.of(subject.text(), collisions, rules.window())));
        }
        return findings;
    }

    private Finding found(List<Collision> collisions) {
        return Finding.atMost(CONTAMINATED, collisions.size(), rules.limit());
    }

    private List<Finding> findingsOf(Cut cut) {
        return List.of(
                Finding.atMost("too_many_pieces", cut.pieces().size(), rules.maxPieces()),
                Finding.atLeast("nothing_left", cut.longest(), rules.minPiece()));
    }

    /** Colliding n-grams by set and item, the first items by name. */
    private static Map<String, Long> byItem(List<Collision> collisions) {
        Map<Item, Long> all = new LinkedHashMap<>();
        collisions.forEach(collision -> all.merge(collision.item(), 1L, Long::sum));
        Map<String, Long> named = new LinkedHashMap<>();
        all.forEach((item, count) ->
                named.merge(item.set() + "/" + (named.size() < NAMED ? item.id() : "others"), count, Long::sum));
        return named;
    }

    private static String describe(Map<String, Long> items) {
        return items.entrySet().stream()
                .map(item -> item.getKey() + ": " + item.getValue())
                .collect(Collectors.joining(", ", "n-grams shared with ", ""));
    }
}
