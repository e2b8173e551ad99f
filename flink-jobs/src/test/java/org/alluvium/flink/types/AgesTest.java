package org.alluvium.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.alluvium.contracts.log.Freshness;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.junit.jupiter.api.Test;

class AgesTest {

    private static final long COMMIT = 1_800_000_000_000L;
    private static final long FURTHEST = 5_000;

    /** A document by its two times. */
    record Times(long event, long arrived) {}

    @Provide
    Arbitrary<List<Times>> documents() {
        return documents(Arbitraries.longs().between(0, 1L << 40));
    }

    @Provide
    Arbitrary<List<Times>> documentsOfTheFuture() {
        return documents(Arbitraries.longs().between(-FURTHEST, 0));
    }

    private static Arbitrary<List<Times>> documents(Arbitrary<Long> age) {
        Arbitrary<Long> arrived = Arbitraries.longs().between(COMMIT - 10_000, COMMIT);
        return Combinators.combine(arrived, age)
                .as((at, old) -> new Times(at - old, at))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property(tries = 200)
    void anAgeIsWrongByAHundredthAtMost(@ForAll("documents") List<Times> documents) {
        assertAges(documents, age -> 8 + age / 100);
    }

    @Property(tries = 200)
    void anAgeIsWrongByAHundredthOfHowFarTheEventLiesInTheFuture(
            @ForAll("documentsOfTheFuture") List<Times> documents) {
        assertAges(documents, age -> 8 + FURTHEST / 100);
    }

    /** @param error how far an age may be off */
    private static void assertAges(List<Times> documents, LongUnaryOperator error) {
        Ages.Builder builder = new Ages.Builder();
        documents.forEach(times -> builder.add(times.event(), times.arrived()));

        Freshness freshness = builder.take().at(COMMIT).orElseThrow();

        assertNear(freshness.eventToIngest(), documents, times -> times.arrived() - times.event(), error);
        assertNear(freshness.ingestToCommit(), documents, times -> COMMIT - times.arrived(), error);
        assertNear(freshness.eventToCommit(), documents, times -> COMMIT - times.event(), error);
    }

    private static void assertNear(
            Quantiles found, List<Times> documents, ToLongFunction<Times> age, LongUnaryOperator error) {
        Quantiles exact =
                Quantiles.of(documents.stream().mapToLong(age).toArray()).orElseThrow();
        assertThat(found.p50Millis()).isCloseTo(exact.p50Millis(), offset(error.applyAsLong(exact.p50Millis())));
        assertThat(found.p95Millis()).isCloseTo(exact.p95Millis(), offset(error.applyAsLong(exact.p95Millis())));
        assertThat(found.p99Millis()).isCloseTo(exact.p99Millis(), offset(error.applyAsLong(exact.p99Millis())));
    }

    @Test
    void whatIsTakenIsNotCountedAgainAndPartsAddUp() {
        Ages.Builder builder = new Ages.Builder();
        builder.add(COMMIT - 100, COMMIT - 50);
        Ages first = builder.take();

        assertThat(builder.take()).isEqualTo(Ages.NONE);
        assertThat(Ages.NONE.at(COMMIT)).isEmpty();
        assertThat(first.plus(Ages.NONE)).isEqualTo(first);
        assertThat(first.plus(first).arrivals().counts().values()).containsExactly(2L);
    }

    @Test
    void documentsOfManyYearsTakeLittleRoom() {
        Ages.Builder builder = new Ages.Builder();
        for (long age = 0; age < 1L << 40; age += (1L << 40) / 200_000) {
            builder.add(COMMIT - age, COMMIT);
        }

        assertThat(builder.take().events().counts()).hasSizeLessThan(3_000);
    }

    @Test
    void aQuantileIsOneOfTheValues() {
        Tally tally = new Tally(new TreeMap<>(Map.of(1L, 98L, 5L, 1L, 9L, 1L)));

        assertThat(tally.quantile(0.5)).isEqualTo(1);
        assertThat(tally.quantile(0.99)).isEqualTo(5);
        assertThat(tally.quantile(1)).isEqualTo(9);
        assertThatThrownBy(() -> Tally.EMPTY.quantile(0.5)).isInstanceOf(IllegalStateException.class);
    }
}
