package org.alluvium.flink.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;

class RanksTest {

    private static final int MOST = 50;

    private final List<ContentHash> texts = IntStream.range(0, 1000)
            .mapToObj(i -> ContentHasher.v1("text " + i))
            .toList();

    @Test
    void theSmallestAreTheSameInWhateverOrderTheyComeAndHoweverOftenOneComes() {
        List<ContentHash> shuffled = new ArrayList<>(texts);
        shuffled.addAll(texts.subList(0, 300));
        Collections.shuffle(shuffled, new Random(1));

        assertThat(sample(shuffled, 7)).hasSize(MOST).isEqualTo(sample(texts, 7));
    }

    @Test
    void theSmallestOfAllAreAmongTheSmallestOfTheirParts() {
        List<ContentHash> parts = new ArrayList<>(sample(texts.subList(0, 400), 7));
        parts.addAll(sample(texts.subList(400, 1000), 7));

        Ranks merged = new Ranks(MOST, 7);
        parts.forEach(rank -> add(merged, rank));
        assertThat(merged.inOrder()).containsExactlyElementsOf(sample(texts, 7));
    }

    @Test
    void anotherSeedDrawsOthers() {
        Set<ContentHash> one = texts(7);
        Set<ContentHash> other = texts(8);
        assertThat(one).hasSize(MOST);
        other.retainAll(one);
        assertThat(other).as("drawn by both of 1000").hasSizeLessThan(15);
    }

    @Test
    void ofFewerThanAskedForAllAreTaken() {
        assertThat(sample(texts.subList(0, 3), 7)).hasSize(3).isSorted();
    }

    private Set<ContentHash> texts(long seed) {
        Set<ContentHash> ranks = new HashSet<>(sample(texts, seed));
        Set<ContentHash> drawn = new HashSet<>(texts);
        drawn.removeIf(text -> !ranks.contains(new Ranks(MOST, seed).of(text)));
        return drawn;
    }

    private static List<ContentHash> sample(List<ContentHash> texts, long seed) {
        Ranks ranks = new Ranks(MOST, seed);
        texts.forEach(text -> add(ranks, ranks.of(text)));
        List<ContentHash> smallest = new ArrayList<>();
        ranks.inOrder().forEach(smallest::add);
        return smallest;
    }

    private static void add(Ranks ranks, ContentHash rank) {
        boolean among = ranks.add(rank);
        assertThat(ranks.dropped().isPresent() && !among)
                .as("only what was added makes room")
                .isFalse();
    }
}
