package org.alluvium.tokenizer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairTableTest {

    @Test
    void holdsWhatWasPutAndNothingElse() {
        Random random = new Random(1);
        Map<List<Integer>, Long> expected = new HashMap<>();
        PairTable table = new PairTable(4);
        for (int i = 0; i < 20_000; i++) {
            int left = random.nextInt(200) - 100;
            int right = random.nextInt(200) - 100;
            expected.put(List.of(left, right), (long) i);
            table.put(left, right, i);
        }
        for (int left = -100; left < 100; left++) {
            for (int right = -100; right < 100; right++) {
                assertThat(table.get(left, right))
                        .isEqualTo(expected.getOrDefault(List.of(left, right), PairTable.NONE));
            }
        }
    }
}
