package org.alluvium.ingest.reject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;

class SampleTest {

    /** Whoever sees what in which order and however often: a last look at all that was kept chooses the same. */
    @Property(tries = 100)
    void theSameTextsAreChosenHoweverTheyAreSplitAndOrdered(
            @ForAll @IntRange(max = 300) int texts,
            @ForAll @IntRange(max = 20) int wanted,
            @ForAll @IntRange(min = 1, max = 5) int samplers,
            @ForAll long seed) {
        List<ContentHash> hashes = hashes(texts);
        Set<ContentHash> whole = chosen(wanted, kept(wanted, hashes));

        Random random = new Random(seed);
        Collections.shuffle(hashes, random);
        List<List<ContentHash>> parts = new ArrayList<>();
        IntStream.range(0, samplers).forEach(part -> parts.add(new ArrayList<>()));
        for (ContentHash hash : hashes) {
            parts.get(random.nextInt(samplers)).add(hash);
            parts.get(random.nextInt(samplers)).add(hash); // read again after a restart
        }
        List<ContentHash> kept = new ArrayList<>();
        parts.forEach(part -> kept.addAll(kept(wanted, part)));
        Collections.shuffle(kept, random);

        assertThat(chosen(wanted, kept)).isEqualTo(whole).hasSize(Math.min(wanted, texts));
    }

    @Test
    void whatIsKeptOfManyIsLittleMoreThanWhatIsWanted() {
        assertThat(kept(10, hashes(10_000))).as("10 (1 + ln 1000) on average").hasSizeBetween(10, 200);
    }

    @Test
    void everyCauseHasASampleOfItsOwn() {
        Sample sample = new Sample(1);
        ContentHash hash = ContentHasher.v1("text");

        assertThat(sample.offer("a", hash)).isTrue();
        assertThat(sample.offer("b", hash)).isTrue();
        assertThat(sample.offer("b", hash)).as("the same text again").isFalse();
    }

    @Test
    void aSampleOfNoneIsEmpty() {
        assertThat(new Sample(0).offer("a", ContentHasher.v1("text"))).isFalse();
    }

    private static List<ContentHash> hashes(int texts) {
        List<ContentHash> hashes = new ArrayList<>();
        IntStream.range(0, texts).forEach(text -> hashes.add(ContentHasher.v1("text " + text)));
        return hashes;
    }

    private static List<ContentHash> kept(int wanted, List<ContentHash> hashes) {
        Sample sample = new Sample(wanted);
        return new ArrayList<>(
                hashes.stream().filter(hash -> sample.offer("cause", hash)).toList());
    }

    private static Set<ContentHash> chosen(int wanted, List<ContentHash> kept) {
        Sample sample = new Sample(wanted);
        kept.forEach(hash -> sample.offer("cause", hash));
        Set<ContentHash> chosen = new HashSet<>();
        for (ContentHash hash : kept) {
            if (sample.holds("cause", hash)) {
                chosen.add(hash);
            }
        }
        return chosen;
    }
}
