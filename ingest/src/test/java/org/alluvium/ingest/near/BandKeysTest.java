package org.alluvium.ingest.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.NearDedupConfig.Compare;
import org.alluvium.ingest.near.BandKeys.Bands;
import org.junit.jupiter.api.Test;

class BandKeysTest {

    private static final BandKeys FINEWEB = new BandKeys(Bands.FINEWEB, Compare.WHOLE);

    @Test
    void keysAreFrozen() {
        assertThat(FINEWEB.of("Every grain settles somewhere, and the field it makes is called alluvium."))
                .hasSize(14)
                .startsWith(-2891379875484471914L, 1406908277463657321L);
    }

    @Test
    void textsThatDifferOnlyInWhatIsLeftOutHaveTheSameKeys() {
        assertThat(FINEWEB.of("Five words, no fewer: 17!")).containsExactly(FINEWEB.of("five  WORDS no fewer 4.5"));
    }

    @Test
    void aTextOfFewerWordsThanARunHasNoKeys() {
        assertThat(FINEWEB.of("only four words here")).isEmpty();
        assertThat(FINEWEB.of("")).isEmpty();
    }

    @Test
    void aTextOfMoreNumbersThanLettersHasNoKeys() {
        assertThat(FINEWEB.of("x: 17 4.5 + 3 = 24.5; 8 - 2; 1 1 1")).isEmpty();
        assertThat(FINEWEB.of("17 grains and 4 more")).isNotEmpty();
    }

    @Test
    void pagesWithOneBodyHaveTheSameKeysWhateverIsAroundIt() {
        BandKeys bodies = new BandKeys(Bands.FINEWEB, Compare.BODY);
        String body = "What a river lays down when it slows is called alluvium, and the plain is made of it.";
        String page = "Meadow\nHome | About | Search\n" + body + "\nHome | Log in | Contact\n© 2024 Meadow";

        assertThat(bodies.of(page)).containsExactly(FINEWEB.of(body));
        assertThat(FINEWEB.of(page)).isNotEqualTo(FINEWEB.of(body));
    }

    @Test
    void noTwoBandsOfATextHaveTheSameKey() {
        assertThat(FINEWEB.of("the same five words")).doesNotHaveDuplicates();
        assertThat(new BandKeys(new Bands(1, 20, 1, 1), Compare.WHOLE).of("alone"))
                .doesNotHaveDuplicates();
    }

    @Test
    void textsMeetAsOftenAsTheirSimilaritySays() {
        Random random = new Random(3);
        Bands bands = new Bands(1, 14, 8, 1);
        BandKeys keys = new BandKeys(bands, Compare.WHOLE);
        int trials = 400;

        for (double jaccard : new double[] {0.6, 0.8}) {
            int common = (int) Math.round(200 * 2 * jaccard / (1 + jaccard));
            long met = IntStream.range(0, trials)
                    .filter(trial -> meet(keys, random.nextInt(26 * 26 * 26), common))
                    .count();
            assertThat((double) met / trials).isCloseTo(bands.probability(jaccard), within(0.08));
        }
    }

    /** Whether two texts of 200 different words each meet, of which as many as said are common. */
    private static boolean meet(BandKeys keys, int vocabulary, int common) {
        long[] one = keys.of(words(vocabulary, 0));
        long[] other = keys.of(words(vocabulary, 200 - common));
        return IntStream.range(0, one.length).anyMatch(band -> one[band] == other[band]);
    }

    private static String words(int vocabulary, int from) {
        return IntStream.range(from, from + 200)
                .mapToObj(i -> letters(vocabulary) + letters(i))
                .collect(Collectors.joining(" "));
    }

    private static String letters(int number) {
        return new String(new char[] {
            (char) ('a' + number / 676 % 26), (char) ('a' + number / 26 % 26), (char) ('a' + number % 26)
        });
    }

    @Test
    void withMoreBandsFewerSimilarTextsAreMissed() {
        assertThat(Bands.FINEWEB.probability(0.8)).isCloseTo(0.924, within(0.001));
        assertThat(new Bands(5, 20, 8, 1).probability(0.8)).isCloseTo(0.975, within(0.001));
    }
}
