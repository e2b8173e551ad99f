package org.alluvium.flink.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.alluvium.contracts.document.Document;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.types.Outcome.Candidate;
import org.alluvium.flink.types.Outcome.Duplicate;
import org.alluvium.ingest.near.BandKeys.Bands;
import org.alluvium.ingest.text.ContentHasher;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the harness declares that closing may throw anything
class NearDedupTest {

    /** So lenient that texts of few words have much in common. */
    private static final Bands LENIENT = new Bands(1, 3, 1, 1);

    private static final String TEXT = "every grain settles somewhere and the field it makes is called alluvium";

    @Property(tries = 60)
    void whateverTheNetworkDoesTheFirstToPassTheOnePlaceIsKept(
            @ForAll("texts") Set<String> texts, @ForAll @IntRange(min = 1, max = 3) int parallelism, @ForAll long seed)
            throws Exception {
        try (SimulatedNearDedup dedup = new SimulatedNearDedup(LENIENT, parallelism, new Random(seed))) {
            texts.forEach(text -> dedup.send(document(text)));
            dedup.deliverAll();

            List<Outcome> outcomes = dedup.outcomes();

            assertThat(outcomes).hasSameSizeAs(texts);
            assertThat(kept(outcomes)).isEqualTo(inOneOrder(dedup.ordered, texts));
        }
    }

    @Property(tries = 60)
    void ofTextsThatAreAllNearDuplicatesOfEachOtherExactlyOneIsKept(
            @ForAll @IntRange(min = 2, max = 12) int copies,
            @ForAll @IntRange(min = 1, max = 3) int parallelism,
            @ForAll long seed)
            throws Exception {
        try (SimulatedNearDedup dedup = new SimulatedNearDedup(Bands.FINEWEB, parallelism, new Random(seed))) {
            for (int i = 0; i < copies; i++) {
                dedup.send(document(TEXT + "!".repeat(i)));
            }
            dedup.deliverAll();

            assertThat(dedup.outcomes())
                    .hasSize(copies)
                    .filteredOn(Candidate.class::isInstance)
                    .hasSize(1);
        }
    }

    @Test
    void withOneSubtaskOutcomesKeepTheirOrder() throws Exception {
        Outcome progress = new Outcome.Progress(0, 3, Map.of());
        try (SimulatedNearDedup dedup = new SimulatedNearDedup(Bands.FINEWEB, 1, new Random(1))) {
            List.of(document(TEXT), document("too short"), document(TEXT + "."), progress, document("also short"))
                    .forEach(dedup::send);
            dedup.deliverAll();

            assertThat(dedup.outcomes())
                    .containsExactly(
                            document(TEXT),
                            document("too short"),
                            new Duplicate(ContentHasher.v1(TEXT + "."), Duplicate.Kind.NEAR),
                            progress,
                            document("also short"));
        }
    }

    @Test
    void aNewVersionIsNoDuplicateOfTheOneBeforeAndGoesOnHoldingWhatBothHave() throws Exception {
        Candidate first = version("a", TEXT);
        Candidate second = version("a", TEXT + ".");
        Candidate other = version("b", TEXT + "!");
        try (SimulatedNearDedup dedup = new SimulatedNearDedup(Bands.FINEWEB, 1, new Random(1))) {
            List.of(first, second, forget(first), other).forEach(dedup::send);
            dedup.deliverAll();

            assertThat(dedup.outcomes())
                    .containsExactly(first, second, forget(first), new Duplicate(other.hash(), Duplicate.Kind.NEAR));
        }
    }

    @Test
    void whatResemblesAWithdrawnTextIsKept() throws Exception {
        Candidate first = version("a", TEXT);
        Candidate duplicate = version("b", TEXT + "!");
        Candidate later = version("c", TEXT + ".");
        try (SimulatedNearDedup dedup = new SimulatedNearDedup(Bands.FINEWEB, 1, new Random(1))) {
            List.of(first, duplicate, forget(duplicate), forget(first), later).forEach(dedup::send);
            dedup.deliverAll();

            assertThat(dedup.outcomes())
                    .containsExactly(
                            first,
                            new Duplicate(duplicate.hash(), Duplicate.Kind.NEAR),
                            forget(duplicate),
                            forget(first),
                            later);
        }
    }

    @Provide
    Arbitrary<Set<String>> texts() {
        return Arbitraries.of("one", "two", "three", "four", "five", "six", "seven", "eight")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(words -> String.join(" ", words))
                .set()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    /** Texts that are kept if documents come one after the other in the order of their claims. */
    private static Set<String> inOneOrder(List<Claim> claims, Set<String> texts) {
        Map<Long, String> byHolder = new HashMap<>();
        texts.forEach(text -> byHolder.put(holder(text), text));
        Set<Long> held = new HashSet<>();
        Set<String> kept = new HashSet<>();
        for (Claim claim : claims) {
            if (claim.keys().stream().noneMatch(held::contains)) {
                kept.add(byHolder.get(claim.holder()));
            }
            held.addAll(claim.keys());
        }
        return kept;
    }

    private static long holder(String text) {
        return Holder.of(ContentHasher.v1(text), ContentHasher.v1(text));
    }

    private static Set<String> kept(List<Outcome> outcomes) {
        Set<String> kept = new HashSet<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Candidate candidate) {
                kept.add(candidate.document().text());
            }
        }
        return kept;
    }

    private static Candidate document(String text) {
        return candidate(text, text, false);
    }

    private static Candidate version(String id, String text) {
        return candidate(id, text, true);
    }

    private static Candidate candidate(String id, String text, boolean versioned) {
        Document document = new Document(id, "s", "f#1", Optional.empty(), text, 0, Optional.empty(), Map.of());
        return new Candidate(ContentHasher.v1(text), document, versioned, 0);
    }

    private static Outcome.Forget forget(Candidate candidate) {
        return new Outcome.Forget(candidate.hash(), candidate.identity());
    }
}
