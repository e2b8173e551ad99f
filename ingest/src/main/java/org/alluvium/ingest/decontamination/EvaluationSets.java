package org.alluvium.ingest.decontamination;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The n-grams of evaluation sets, each with the item that has it, the first one if several have. Immutable and thread-safe;
 * takes 12 to 36 bytes an n-gram.
 */
public final class EvaluationSets {

    private final int ngram;
    private final List<Item> items;
    private final GramIndex index;
    private final Map<String, Size> sizes;

    private EvaluationSets(int ngram, List<Item> items, GramIndex index, Map<String, Size> sizes) {
        this.ngram = ngram;
        this.items = List.copyOf(items);
        this.index = index;
        this.sizes = Map.copyOf(sizes);
    }

    /** One item of a set: a question, a passage. */
    public record Item(String set, String id) {}

    /**
     * What was taken from a set.
     *
     * @param items all of them
     * @param tooShort those of fewer words than an n-gram has, which nothing can collide with
     */
    public record Size(long items, long tooShort) {

        private Size plus(boolean isTooShort) {
            return new Size(items + 1, tooShort + (isTooShort ? 1 : 0));
        }
    }

    /** Words of an n-gram. */
    public int ngram() {
        return ngram;
    }

    /** Different n-grams of all sets. */
    public int grams() {
        return index.size();
    }

    /** What was taken from each set, by its name. */
    public Map<String, Size> sizes() {
        return sizes;
    }

    /** The n-grams that a text shares with the sets, in the order of the text. */
    List<Collision> collisions(String text) {
        List<Collision> collisions = new ArrayList<>();
        Grams.forEach(text, ngram, (hash, start, end) -> {
            int item = index.get(hash);
            if (item != GramIndex.ABSENT) {
                collisions.add(new Collision(items.get(item), start, end));
            }
        });
        return collisions;
    }

    /** Collects sets. For one thread. */
    public static final class Builder {

        private final int ngram;
        private final List<Item> items = new ArrayList<>();
        private final GramIndex grams = new GramIndex();
        private final GramIndex common = new GramIndex();
        private final Map<String, Size> sizes = new LinkedHashMap<>();

        /** @param ngram words of an n-gram */
        public Builder(int ngram) {
            this.ngram = ngram;
        }

        /** Adds an item. */
        public Builder add(Item item, String text) {
            int number = items.size();
            items.add(item);
            Count count = new Count();
            Grams.forEach(text, ngram, (hash, start, end) -> {
                count.grams++;
                grams.putIfAbsent(hash, number);
            });
            sizes.merge(
                    item.set(),
                    new Size(0, 0).plus(count.grams == 0),
                    (size, one) -> new Size(size.items() + one.items(), size.tooShort() + one.tooShort()));
            return this;
        }

        /** Takes a text for common: what it says collides with nothing, wherever else it stands. */
        public Builder addCommon(String text) {
            Grams.forEach(text, ngram, (hash, start, end) -> common.putIfAbsent(hash, 0));
            return this;
        }

        /** The sets; the builder is used up. */
        public EvaluationSets build() {
            return new EvaluationSets(ngram, items, common.size() == 0 ? grams : grams.without(common), sizes);
        }

        private static final class Count {
            private int grams;
        }
    }
}
