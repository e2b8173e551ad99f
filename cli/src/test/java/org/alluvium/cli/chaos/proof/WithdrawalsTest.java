package org.alluvium.cli.chaos.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.cli.chaos.proof.CorpusView.Row;
import org.alluvium.cli.chaos.proof.JournalView.Again;
import org.junit.jupiter.api.Test;

/** Takedown 7 is of b, takedown 9 of d. */
class WithdrawalsTest {

    private final Map<Long, Set<String>> takedowns = Map.of(7L, Set.of("b"), 9L, Set.of("d"));
    private final Map<String, Long> knowing = new HashMap<>(Map.of("a", 9L, "b", -1L, "d", 7L));
    private final List<Again> again = new ArrayList<>(List.of(again("a b c d e", "a c e f")));
    private final List<String> leftOver = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>(List.of(row("a"), row("c"), row("e")));
    private final Set<String> learned = new LinkedHashSet<>(List.of("a", "c"));

    @Test
    void everythingHoldsWhereWhatWasTakenDownIsGone() {
        assertThat(against()).isEmpty();
    }

    @Test
    void withoutATakedownThereIsNothingToClaim() {
        assertThat(new Withdrawals(Map.of(), knowing, again, leftOver).claims(rows, learned))
                .isEmpty();
    }

    @Test
    void aRowThatCameBackIsNamed() {
        rows.add(row("d"));
        assertThat(against()).containsExactly("d");
    }

    @Test
    void aStepThatStillCountsIsNamed() {
        learned.add("b");
        assertThat(against()).containsExactly("b");
    }

    @Test
    void aStepThatWasTakenAfterTheRunKnewIsNamedThoughItIsVoid() {
        knowing.put("d", 9L);
        assertThat(against()).containsExactly("d");
    }

    @Test
    void anotherOrderIsNamedFromWhereItIsOne() {
        again.add(again("a b c e", "c a e"));
        assertThat(against()).containsExactly("after step 3: a, then c");
    }

    @Test
    void aDocumentThatIsLeftOutAndWasNotTakenDownIsAnotherOrder() {
        again.add(again("a c e", "a e"));
        assertThat(against()).containsExactly("after step 3: c, then e");
    }

    @Test
    void aFileThatIsStillThereIsNamed() {
        leftOver.add("shards/1.parquet");
        assertThat(against()).containsExactly("shards/1.parquet");
    }

    private List<String> against() {
        return new Withdrawals(takedowns, knowing, again, leftOver)
                .claims(rows, learned).stream()
                        .flatMap(claim -> claim.ids().stream())
                        .toList();
    }

    private static Again again(String undone, String again) {
        return new Again(3, ids(undone), ids(again));
    }

    private static Set<String> ids(String words) {
        return new LinkedHashSet<>(Arrays.asList(words.split(" ")));
    }

    private static Row row(String id) {
        return new Row(id, 3, 1, 1);
    }
}
