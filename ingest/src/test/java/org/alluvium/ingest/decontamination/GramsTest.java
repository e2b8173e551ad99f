package org.alluvium.ingest.decontamination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GramsTest {

    private static List<Long> hashes(String text, int n) {
        List<Long> hashes = new ArrayList<>();
        Grams.forEach(text, n, (hash, start, end) -> hashes.add(hash));
        return hashes;
    }

    @Test
    void aTextOfFewerWordsHasNoGrams() {
        assertThat(hashes("one two", 3)).isEmpty();
        assertThat(hashes("— … !", 1)).isEmpty();
    }

    @Test
    void theOrderOfWordsMatters() {
        assertThat(hashes("one two", 2)).doesNotContainAnyElementsOf(hashes("two one", 2));
        assertThat(hashes("one one two", 2)).doesNotHaveDuplicates();
    }

    /** The hash moves along the text, and must not remember what it has left. */
    @Property(tries = 200)
    void aGramHasOneHashWhereverItStands(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 3) Integer> words,
            @ForAll @IntRange(min = 1, max = 6) int n) {
        String text = String.join(" ", words.stream().map(word -> "w" + word).toList());
        List<String> grams = IntStream.rangeClosed(0, words.size() - n)
                .mapToObj(i -> String.join(
                        " ",
                        words.subList(i, i + n).stream().map(word -> "w" + word).toList()))
                .toList();

        assertThat(hashes(text, n))
                .isEqualTo(grams.stream().map(gram -> hashes(gram, n).get(0)).toList());
    }

    @Test
    void differentGramsHaveDifferentHashes() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            text.append(random.nextInt(1000)).append(' ');
        }
        Set<String> grams = new HashSet<>();
        Set<Long> hashes = new HashSet<>();
        Grams.forEach(text.toString(), 3, (hash, start, end) -> {
            grams.add(text.substring(start, end));
            hashes.add(hash);
        });

        assertThat(hashes).hasSameSizeAs(grams).hasSizeGreaterThan(299_000);
    }

    @Test
    void anIndexFindsWhatWasPutIntoItAndNothingElse() {
        GramIndex index = new GramIndex();
        IntStream.range(0, 5000).forEach(i -> index.putIfAbsent(i * 4096L, i));
        index.putIfAbsent(0, 99);

        assertThat(index.size()).isEqualTo(5000);
        assertThat(IntStream.range(0, 5000))
                .allSatisfy(i -> assertThat(index.get(i * 4096L)).isEqualTo(i));
        assertThat(index.get(17)).isEqualTo(GramIndex.ABSENT);
    }
}
