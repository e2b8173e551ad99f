package org.alluvium.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FunnelTest {

    @Test
    void sumsAreByReason() {
        Funnel sum = new Funnel(5, 1, Map.of(), Map.of("a", 2L), Map.of("x", 1L), 1, Map.of("e", 1L))
                .plus(new Funnel(7, 0, Map.of("exact", 1L), Map.of("a", 1L, "b", 2L), Map.of("x", 1L), 2, Map.of()));

        assertThat(sum)
                .isEqualTo(new Funnel(
                        12, 1, Map.of("exact", 1L), Map.of("a", 3L, "b", 2L), Map.of("x", 2L), 3, Map.of("e", 1L)));
        assertThat(sum.balances()).isTrue();
    }

    @Test
    void whatFiltersDropIsToldFromDeadLettersByItsReason() {
        Funnel funnel =
                new Funnel(6, 1, Map.of(), Map.of("not_json", 2L, "c4.curly_bracket", 3L), Map.of(), 0, Map.of());

        assertThat(funnel.deadLetters()).isEqualTo(2);
        assertThat(funnel.filtered()).isEqualTo(3);
    }

    @Test
    void aLostRecordUnbalancesIt() {
        assertThat(Funnel.EMPTY.balances()).isTrue();
        assertThat(new Funnel(3, 1, Map.of(), Map.of("a", 1L), Map.of(), 0, Map.of()).balances())
                .isFalse();
    }
}
