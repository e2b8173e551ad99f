package org.alluvium.cli.chaos.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.alluvium.cli.chaos.proof.CorpusView.Row;
import org.alluvium.cli.chaos.proof.JournalView.Piece;
import org.junit.jupiter.api.Test;

class LedgerTest {

    /** a was sent twice, b and its copy c have one text, f is in a file, z flushes. */
    private final List<String> topic = new ArrayList<>(List.of("a", "a", "b", "c", "z"));

    private final Map<String, String> textOf = Map.of("a", "A", "b", "B", "c", "B", "f", "F", "z", "Z");
    private final List<String> acknowledged = List.of("a", "a", "b", "c", "z");
    private final List<Row> rows = new ArrayList<>(List.of(row("a", 10), row("c", 5), row("f", 3), row("z", 4)));
    private final Set<String> taken = new HashSet<>();
    private final Map<String, List<Piece>> pieces = new HashMap<>(Map.of(
            "a", List.of(new Piece(1, 0, 6), new Piece(2, 6, 4)),
            "c", List.of(new Piece(2, 0, 5)),
            "f", List.of(new Piece(3, 0, 3)),
            "z", List.of(new Piece(3, 0, 1))));

    @Test
    void everythingHoldsOfADeploymentThatLostAndRepeatedNothing() {
        assertThat(against()).isEmpty();
        assertThat(ledger().counted(6).holds()).isTrue();
    }

    @Test
    void aDocumentThatIsMissingInTheLogIsNamed() {
        rows.removeIf(row -> row.id().equals("f"));
        pieces.remove("f");
        assertThat(against()).containsExactly("f");
    }

    @Test
    void aTextOfWhichAllCopiesAreMissingIsNamedByAllOfThem() {
        rows.removeIf(row -> row.id().equals("c"));
        pieces.remove("c");
        assertThat(against()).containsExactly("b", "c");
    }

    @Test
    void aTextThatWasTakenDownByOneOfItsIdsNeedNotBeThere() {
        taken.add("b");
        assertThat(against()).isEmpty();
        rows.removeIf(row -> row.id().equals("c"));
        pieces.remove("c");
        assertThat(against()).isEmpty();
        taken.clear();
        assertThat(against()).containsExactly("b", "c");
    }

    @Test
    void aTextThatIsInTheLogTwiceIsNamedWhateverItsIds() {
        rows.add(row("b", 5));
        pieces.put("b", List.of(new Piece(4, 0, 5)));
        assertThat(against()).containsExactly("b");
    }

    @Test
    void whatNobodyProducedIsNamed() {
        rows.add(row("x", 1));
        pieces.put("x", List.of(new Piece(4, 0, 1)));
        assertThat(against()).containsExactly("x");
    }

    @Test
    void aDocumentThatWasLearnedInPartTwiceOrNotAtAllIsNamed() {
        pieces.put("a", List.of(new Piece(1, 0, 6)));
        pieces.put("c", List.of(new Piece(2, 0, 5), new Piece(3, 0, 5)));
        pieces.remove("f");
        assertThat(against()).containsExactly("a", "c", "f");
    }

    @Test
    void ofWhatFlushesTheLastNeedNotBeLearnedButNothingTwice() {
        pieces.remove("z");
        assertThat(against()).isEmpty();
        pieces.put("z", List.of(new Piece(3, 0, 2), new Piece(4, 1, 2)));
        assertThat(against()).containsExactly("z");
    }

    @Test
    void theJournalMayNotNameWhatTheLogDoesNotHold() {
        pieces.put("y", List.of(new Piece(4, 0, 1)));
        assertThat(against()).containsExactly("y");
    }

    @Test
    void aMessageThatWasAcknowledgedMustBeThere() {
        topic.remove("a");
        assertThat(ledger().delivered().ids()).containsExactly("a");
    }

    @Test
    void aRecordThatWasReadTwiceIsCountedTwice() {
        assertThat(ledger().counted(7).holds()).isFalse();
    }

    private List<String> against() {
        List<Claim> claims = new ArrayList<>(ledger().logged(rows));
        claims.addAll(ledger().learned(rows, pieces));
        assertThat(claims)
                .allSatisfy(
                        claim -> assertThat(claim.holds()).isEqualTo(claim.ids().isEmpty()));
        return claims.stream().flatMap(claim -> claim.ids().stream()).toList();
    }

    private Ledger ledger() {
        return new Ledger(topic, List.of("f"), textOf, acknowledged, taken, Set.of("z"));
    }

    private static Row row(String id, int tokens) {
        return new Row(id, tokens, 1, 1);
    }
}
