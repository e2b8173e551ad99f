package org.alluvium.dashboard.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DocumentFilterTest {

    private final long[] hashes = new SplittableRandom(1).longs(4_000).toArray();

    @Test
    void nothingThatIsThereIsMissed() {
        DocumentFilter filter = DocumentFilter.of(hashes, hashes.length);
        assertThat(LongStream.of(hashes).allMatch(filter::mayHave)).isTrue();
        assertThat(filter.bytes()).isLessThan(hashes.length * 2L);
    }

    @Test
    void aboutOneInAHundredIsTakenForOneThatIsThere() {
        DocumentFilter filter = DocumentFilter.of(hashes, hashes.length);
        long wrong =
                new SplittableRandom(2).longs(100_000).filter(filter::mayHave).count();
        assertThat(wrong).isBetween(500L, 1_500L);
    }

    @Test
    void anEmptyOneHasNothingAndAnyHasAll() {
        assertThat(DocumentFilter.of(hashes, 0).mayHave(1)).isFalse();
        assertThat(DocumentFilter.ANY.mayHave(1)).isTrue();
    }
}
