package org.alluvium.trainer.backend.cpu.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.lanes.FlatKernels;
import org.alluvium.trainer.backend.cpu.library.PairPacker.Source;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.onednn.OneDnn;
import org.alluvium.trainer.backend.onednn.Packing;
import org.alluvium.trainer.backend.onednn.Strided;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library packs, too, and to the same bits. */
class PairPackerTest {

    private static final byte GARBAGE = 0x55;

    @ParameterizedTest
    @CsvSource({"64, 64", "384, 256", "50, 70", "131, 7", "7, 131", "2, 33", "97, 200", "65, 63"})
    void packsAsTheLibraryDoes(int rows, int columns) {
        try (Arena arena = Arena.ofConfined();
                OneDnn library = new OneDnn(1)) {
            CpuTensor floats = random(arena, rows, columns);
            CpuTensor halves = CpuTensor.allocate(arena, floats.size(), ElementType.BF16);
            FlatKernels.copy(halves, floats, 0, floats.size());
            for (CpuTensor tensor : new CpuTensor[] {floats, halves}) {
                Strided source = Strided.rowMajor(tensor.type(), columns);
                Packing packing = library.packing(rows, columns, source, ElementType.BF16);
                assumeThat(packing.isPaired()).isTrue();
                MemorySegment expected = garbage(arena, packing);
                packing.run(0, tensor.segment().address(), expected.address());
                MemorySegment actual = garbage(arena, packing);
                for (int from = 0; from < rows; from += PairPacker.ROWS) {
                    PairPacker.pack(new Source(tensor.segment(), tensor.type(), rows, columns), from, actual);
                }
                assertThat(actual.toArray(ValueLayout.JAVA_SHORT)).isEqualTo(expected.toArray(ValueLayout.JAVA_SHORT));
            }
        }
    }

    private static MemorySegment garbage(Arena arena, Packing packing) {
        return arena.allocate(packing.bytes(), PackedMatrix.ALIGNMENT).fill(GARBAGE);
    }

    private static CpuTensor random(Arena arena, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(5);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        CpuTensor tensor = CpuTensor.allocate(arena, values.length, ElementType.F32);
        tensor.write(values, values.length);
        return tensor;
    }
}
