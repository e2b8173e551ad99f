package org.alluvium.tokenizer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergerTest {

    private static final int LETTERS = 4;

    @Test
    void theLowestRankIsMergedFirstAndOfEqualOnesTheLeftmost() {
        Merges merges = new Merges(4);
        merges.add(0, 0, 10, 1);
        merges.add(0, 1, 11, 0);
        assertThat(merge(new Merger(), merges, List.of(0, 0, 0, 1, 0, 0, 0))).containsExactly(10, 11, 10, 0);
    }

    @Test
    void shortAndLongSequencesAreMergedAsTheDefinitionSays() {
        Random random = new Random(3);
        Merger merger = new Merger();
        for (int i = 0; i < 2_000; i++) {
            Map<Long, long[]> rules = rules(random);
            Merges merges = new Merges(1);
            rules.forEach(
                    (pair, rule) -> merges.add((int) (pair >>> 32), pair.intValue(), (int) rule[1], (int) rule[0]));
            List<Integer> symbols = new ArrayList<>();
            for (int length = random.nextInt(80); length > 0; length--) {
                symbols.add(random.nextInt(LETTERS));
            }
            assertThat(merge(merger, merges, symbols)).isEqualTo(definition(rules, symbols));
        }
    }

    @Test
    void startsAreThoseOfTheFirstSymbolOfEach() {
        Merges merges = new Merges(1);
        merges.add(0, 1, 2, 0);
        Merger merger = new Merger();
        for (int i = 0; i < 100; i++) {
            merger.add(i % 2, 3 * i);
        }
        merger.merge(merges);
        assertThat(merger.count()).isEqualTo(50);
        for (int i = 0; i < 50; i++) {
            assertThat(merger.start(i)).isEqualTo(6 * i);
        }
    }

    @Test
    void aMillionOfOneSymbolIsMergedToTheEnd() {
        Merges merges = new Merges(32);
        for (int level = 0; level < 4; level++) {
            merges.add(level, level, level + 1, level);
        }
        Merger merger = new Merger();
        for (int i = 0; i < 1_000_000; i++) {
            merger.add(0, i);
        }
        merger.merge(merges);
        assertThat(merger.count()).isEqualTo(1_000_000 / 16);
    }

    private static Map<Long, long[]> rules(Random random) {
        Map<Long, long[]> rules = new HashMap<>();
        int symbols = LETTERS;
        for (int rule = 0; rule < 30; rule++) {
            long pair = ((long) random.nextInt(symbols) << 32) | random.nextInt(symbols);
            if (rules.putIfAbsent(pair, new long[] {random.nextInt(20), symbols}) == null) {
                symbols++;
            }
        }
        return rules;
    }

    private static List<Integer> merge(Merger merger, Merges merges, List<Integer> symbols) {
        merger.clear();
        for (int i = 0; i < symbols.size(); i++) {
            merger.add(symbols.get(i), i);
        }
        merger.merge(merges);
        List<Integer> merged = new ArrayList<>();
        for (int i = 0; i < merger.count(); i++) {
            merged.add(merger.symbol(i));
        }
        return merged;
    }

    private static List<Integer> definition(Map<Long, long[]> rules, List<Integer> symbols) {
        List<Integer> merged = new ArrayList<>(symbols);
        while (true) {
            int best = -1;
            long[] bestRule = {Long.MAX_VALUE, 0};
            for (int i = 0; i + 1 < merged.size(); i++) {
                long[] rule = rules.get(((long) merged.get(i) << 32) | merged.get(i + 1));
                if (rule != null && rule[0] < bestRule[0]) {
                    best = i;
                    bestRule = rule;
                }
            }
            if (best < 0) {
                return merged;
            }
            merged.subList(best + 1, best + 2).clear();
            merged.set(best, (int) bestRule[1]);
        }
    }
}
