package org.alluvium.cli.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.alluvium.dashboard.lineage.JournalSearch;
import org.alluvium.dashboard.lineage.JournalSearch.Part;
import org.alluvium.dashboard.lineage.JournalSearch.Step;

/**
 * What the steps after one and up to another have learned from. Steps that were not learned from are counted alone.
 *
 * @param after step before the first
 * @param through the last step
 * @param steps that were learned from
 * @param skipped steps that were not
 * @param documents in the order in which they were learned from
 */
public record Consumption(long after, long through, long steps, long skipped, List<Consumed> documents) {

    /** How documents are sorted; where they are equal, by when they were learned from. */
    public enum Order {
        /** By loss per token, the greatest first. Documents of unknown loss come last. */
        LOSS,
        /** By the sum of the losses, the greatest first. */
        SUM,
        /** By tokens, most first. */
        TOKENS,
        /** As they were learned from. */
        STEP;

        private Comparator<Consumed> comparator() {
            return switch (this) {
                case LOSS -> greatestFirst(document -> document.lossPerToken().orElse(Double.NEGATIVE_INFINITY));
                case SUM -> greatestFirst(document -> document.lossSum().orElse(Double.NEGATIVE_INFINITY));
                case TOKENS -> greatestFirst(Consumed::tokens);
                case STEP -> Comparator.comparingLong(Consumed::firstStep);
            };
        }

        private static Comparator<Consumed> greatestFirst(ToDoubleFunction<Consumed> value) {
            return Comparator.comparingDouble(value).reversed();
        }
    }

    /**
     * A document, and what was learned of it.
     *
     * @param id of the document
     * @param firstStep that learned from it
     * @param lastStep that did
     * @param tokens of it, as often as they were taken
     * @param lossSum what was lost on the targets among them before they were learned from, in nats; empty where the journal
     *     does not tell
     */
    public record Consumed(String id, long firstStep, long lastStep, long tokens, Optional<Double> lossSum) {

        /** Nats for each token; the last one of a document is no target, and counts here. */
        public Optional<Double> lossPerToken() {
            return lossSum.map(sum -> sum / tokens);
        }

        private Consumed and(Consumed later) {
            return new Consumed(
                    id,
                    firstStep,
                    later.lastStep,
                    tokens + later.tokens,
                    lossSum.flatMap(sum -> later.lossSum.map(more -> sum + more)));
        }
    }

    /** Reads it from a journal. */
    public static Consumption of(JournalSearch journal, long after, long through) {
        Map<String, Consumed> documents = new LinkedHashMap<>();
        long[] steps = new long[2]; // learned from, skipped
        journal.forEach(after + 1, through, step -> {
            boolean learned = step.skipped().isEmpty();
            steps[learned ? 0 : 1]++;
            if (learned) {
                step.documents().forEach(part -> documents.merge(part.id(), consumed(step, part), Consumed::and));
            }
        });
        return new Consumption(after, through, steps[0], steps[1], new ArrayList<>(documents.values()));
    }

    private static Consumed consumed(Step step, Part part) {
        return new Consumed(part.id(), step.step(), step.step(), part.tokens(), part.lossSum());
    }

    /** The first documents in an order. */
    public List<Consumed> first(long most, Order order) {
        return documents.stream().sorted(order.comparator()).limit(most).toList();
    }
}
