package org.alluvium.trainer.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.alluvium.trainer.backend.reference.Precision;
import org.alluvium.trainer.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every backend must do: the same as the reference in double precision, and the same again. What concerns rounded tensors is
 * skipped, as an assumption that does not hold, for a backend that stores none.
 */
public abstract class BackendContractTest {

    private static final double ROUNDED_TOLERANCE = 1.0 / 128; // a unit in the last place of the largest

    protected abstract Backend open();

    /** How far a result may be from the reference's, as a share of the largest of its tensor. */
    protected double tolerance() {
        return 1e-5;
    }

    /** Whether this scenario is run; the others are skipped, for a backend of which only a part is new. */
    protected boolean covers(String scenario) {
        return true;
    }

    private static void assumeStored(Backend backend, ElementType type) {
        assumeTrue(backend.stores(type), () -> backend.info().name() + " stores no tensors of " + type);
    }

    private static void assumeStored(Backend backend, String scenario) {
        if (scenario.endsWith(Scenarios.ROUNDED)) {
            assumeStored(backend, ElementType.BF16);
        }
    }

    static Stream<String> scenarios() {
        return Scenarios.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void resultsAreTheReferencesAsFarAsTheirTypeCanAndASecondTimeTheSameBits(String scenario) {
        assumeTrue(covers(scenario), "left to another test");
        try (Backend backend = open();
                Backend reference = new ReferenceBackend(Precision.DOUBLE, backend.activations())) {
            assumeStored(backend, scenario);
            Map<String, Tensor> expected = Scenarios.all().get(scenario).run(new Bench(reference));
            Map<String, float[]> actual =
                    read(backend, Scenarios.all().get(scenario).run(new Bench(backend)));
            assertThat(actual).containsOnlyKeys(expected.keySet());
            expected.forEach((name, tensor) -> requireClose(
                    name, actual.get(name), new Bench(reference).read(tensor), toleranceOf(tensor, scenario)));
            Map<String, Tensor> again = Scenarios.all().get(scenario).run(new Bench(backend));
            again.forEach((name, tensor) -> assertThat(tensor.type())
                    .as(name)
                    .isEqualTo(expected.get(name).type()));
            read(backend, again)
                    .forEach((name, values) -> assertThat(Arrays.mismatch(actual.get(name), values))
                            .as(name)
                            .isEqualTo(-1));
        }
    }

    private static Map<String, float[]> read(Backend backend, Map<String, Tensor> tensors) {
        Map<String, float[]> values = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> values.put(name, new Bench(backend).read(tensor)));
        return values;
    }

    private double toleranceOf(Tensor tensor, String scenario) {
        boolean rounded = scenario.endsWith(Scenarios.ROUNDED) || tensor.type() == ElementType.BF16;
        return rounded ? ROUNDED_TOLERANCE : tolerance();
    }

    private static void requireClose(String name, float[] actual, float[] expected, double tolerance) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(expected[i] - actual[i]);
            if (!(difference <= tolerance * largest)) { // so that NaN counts as different
                fail("%s[%d] is %s, not %s", name, i, actual[i], expected[i]);
            }
        }
    }

    @Test
    void whatProductsReadCanBeStoredAndOtherTypesAreStoredOrRefused() {
        try (Backend backend = open()) {
            assertThat(backend.stores(ElementType.F32)).isTrue();
            assertThat(backend.stores(backend.activations())).isTrue();
            for (ElementType type : ElementType.values()) {
                if (backend.stores(type)) {
                    assertThat(backend.allocate(3, type).type()).isEqualTo(type);
                } else {
                    assertThatIllegalArgumentException().isThrownBy(() -> backend.allocate(3, type));
                }
            }
        }
    }

    @Test
    void copiesConvertBetweenTypes() {
        try (Backend backend = open()) {
            assumeStored(backend, ElementType.BF16);
            Bench bench = new Bench(backend);
            float[] values = new float[1003];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.scalb(1.0 + i / 1003.0, i % 200 - 100) * (i % 2 == 0 ? 1 : -1);
            }
            values[17] = Float.NaN;
            values[18] = Float.MAX_VALUE;
            values[19] = 1 + 1f / 256; // half way between two
            values[20] = 1 + 3f / 256;
            Tensor rounded = backend.allocate(values.length, ElementType.BF16);
            backend.copy(rounded, bench.tensor(values), values.length);
            Tensor widened = backend.allocate(values.length);
            backend.copy(widened, rounded, values.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = ElementType.BF16.round(values[i]);
            }
            assertThat(bench.read(rounded)).containsExactly(values);
            assertThat(bench.read(widened)).containsExactly(values);
            assertThat(values[18]).isInfinite();
            assertThat(values[19]).isEqualTo(1);
            assertThat(values[20]).isEqualTo(1 + 1f / 64);
        }
    }

    @Test
    void slicesShareMemory() {
        try (Backend backend = open()) {
            Bench bench = new Bench(backend);
            Tensor whole = bench.tensor(1, 2, 3, 4, 5);
            backend.clear(whole.slice(1, 3).slice(1, 2));
            assertThat(bench.read(whole)).containsExactly(1, 2, 0, 0, 5);
        }
    }

    @Test
    void sliceOfIndicesShareMemory() {
        try (Backend backend = open()) {
            Bench bench = new Bench(backend);
            Indices ids = bench.indices(2, 1, 0).slice(1, 2);
            Tensor output = backend.allocate(2);
            backend.embed(output, bench.tensor(10, 11, 12), ids, 2, 1);
            assertThat(bench.read(output)).containsExactly(11, 10);
        }
    }

    @Test
    void freshMemoryIsZero() {
        try (Backend backend = open()) {
            assertThat(new Bench(backend).read(backend.allocate(1000))).containsOnly(0);
        }
    }

    @Test
    void whatIsAllocatedLaterDisturbsNothing() {
        try (Backend backend = open()) {
            Bench bench = new Bench(backend);
            Tensor small = bench.tensor(1, 2, 3);
            Indices ids = bench.indices(2, 0);
            Tensor norm = backend.allocate(1);
            backend.squaredNorm(norm, small);
            assertThat(bench.read(norm)).containsExactly(14);
            for (int size = 1000; size <= 1_000_000; size *= 10) {
                Tensor larger = bench.random(size);
                bench.randomIndices(size / 10, 0, 3);
                backend.copy(larger, small, 3);
                backend.embed(small, larger, ids, 2, 1);
                assertThat(bench.read(small)).containsExactly(3, 1, 3);
                assertThat(bench.read(norm)).containsExactly(14);
                backend.write(small, new float[] {1, 2, 3}, 3);
            }
        }
    }

    @Test
    void tensorsMayBeEmpty() {
        try (Backend backend = open()) {
            Bench bench = new Bench(backend);
            Tensor before = bench.tensor(1);
            Tensor empty = backend.allocate(0);
            Tensor behind = bench.tensor(2);
            backend.clear(empty);
            backend.clear(before.slice(1, 0));
            backend.copy(empty, behind, 0);
            assertThat(empty.size()).isZero();
            assertThat(bench.read(empty)).isEmpty();
            assertThat(bench.read(before)).containsExactly(1);
            assertThat(bench.read(behind)).containsExactly(2);
        }
    }

    @Test
    void partsAreWrittenAndReadWithoutTheRest() {
        try (Backend backend = open()) {
            Bench bench = new Bench(backend);
            Tensor tensor = bench.tensor(1, 2, 3, 4, 5);
            backend.write(tensor.slice(1, 3), new float[] {7, 8, 9}, 2);
            float[] destination = {-1, -1, -1};
            backend.read(tensor.slice(1, 4), destination, 2);
            assertThat(bench.read(tensor)).containsExactly(1, 7, 8, 4, 5);
            assertThat(destination).containsExactly(7, 8, -1);
        }
    }

    @Test
    void whatIsWrittenLaterDoesNotReachWhatWasAskedForBefore() {
        try (Backend backend = open()) {
            Bench bench = new Bench(backend);
            Tensor table = bench.tensor(10, 11, 12);
            Indices ids = bench.indices(2, 0);
            Tensor first = backend.allocate(2);
            Tensor second = backend.allocate(2);
            backend.embed(first, table, ids, 2, 1);
            backend.write(ids, new int[] {1, 1}, 2);
            backend.write(table, new float[] {20, 21, 22}, 3);
            backend.embed(second, table, ids, 2, 1);
            assertThat(bench.read(first)).containsExactly(12, 10);
            assertThat(bench.read(second)).containsExactly(21, 21);
        }
    }

    @Test
    void memoryReceivesWhatAnArrayWould() {
        try (Backend backend = open();
                Arena arena = Arena.ofShared()) {
            Bench bench = new Bench(backend);
            Tensor tensor = bench.random(70_001).slice(1, 70_000);
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, tensor.size());
            backend.read(tensor, memory);
            assertThat(memory.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(bench.read(tensor));
        }
    }

    @Test
    void thePeakIsMeasured() {
        try (Backend backend = open()) {
            assertThat(backend.measurePeakFlops()).isGreaterThan(1e8);
        }
    }
}
