package org.alluvium.trainer.tornado.examine;

import static org.alluvium.trainer.backend.DeviceInfo.Type.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.DeviceMemory;
import org.alluvium.trainer.backend.examine.KernelVerdict;
import org.alluvium.trainer.tornado.Library;
import org.alluvium.trainer.tornado.device.Device;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.device.PlainDevice;
import org.alluvium.trainer.tornado.device.Step;
import org.alluvium.trainer.tornado.kernel.Kernel;
import org.junit.jupiter.api.Test;

class TornadoExaminerTest {

    /** Plain Java, but for one kernel. */
    private record Broken(PlainDevice plain, Kernel kernel, boolean throwing) implements Device {

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Optional<DeviceInfo> description() {
            return Optional.empty();
        }

        @Override
        public Optional<DeviceMemory> memory() {
            return Optional.empty();
        }

        @Override
        public void grow(int elements, int numbers) {
            plain.grow(elements, numbers);
        }

        @Override
        public MemorySegment run(List<Step> program, MemorySegment arguments, MemorySegment reals) {
            if (program.getFirst().kernel() != kernel) {
                return plain.run(program, arguments, reals);
            }
            if (throwing) {
                throw new IllegalStateException("no such intrinsic\nin this driver");
            }
            MemorySegment result = plain.run(program, arguments, reals);
            int output = arguments.getAtIndex(ValueLayout.JAVA_INT, 0);
            Step fill = new Step(Kernel.RECEIVE, Extent.of(1), 1, 1);
            plain.run(List.of(fill), MemorySegment.ofArray(new int[] {output}), MemorySegment.ofArray(new float[] {
                Float.NaN
            }));
            return result;
        }

        @Override
        public void close() {
            plain.close();
        }
    }

    @Test
    void everyKernelIsCalledAndPlainJavaAgreesWithItself() {
        Set<String> called = new HashSet<>();
        for (DeviceInfo.Type type : DeviceInfo.Type.values()) {
            requireAgreement(type, Library.NONE, called);
        }
        requireAgreement(DeviceInfo.Type.GPU, Library.FP32, called);
        requireAgreement(DeviceInfo.Type.GPU, Library.BF16, called);
        assertThat(called).hasSize(Kernel.values().length);
    }

    private static void requireAgreement(DeviceInfo.Type type, Library library, Set<String> called) {
        assertThat(TornadoExaminer.compare(new PlainDevice(), type, library))
                .allSatisfy(verdict ->
                        assertThat(verdict.calls()).as(verdict.kernel()).isPositive())
                .allSatisfy(verdict ->
                        assertThat(verdict.error()).as(verdict.kernel()).isZero())
                .allSatisfy(verdict -> called.add(verdict.kernel()));
    }

    @Test
    void aWrongKernelIsFoundAndNoOtherIsBlamed() {
        List<KernelVerdict> verdicts =
                TornadoExaminer.compare(new Broken(new PlainDevice(), Kernel.SWI_GLU, false), OTHER, Library.NONE);
        assertThat(verdicts)
                .filteredOn(verdict -> !verdict.right())
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.kernel()).isEqualTo("SWI_GLU"))
                .satisfies(verdict -> assertThat(verdict.error()).isInfinite());
    }

    @Test
    void aKernelThatDoesNotRunIsReportedWithTheFirstLineOfItsReason() {
        List<KernelVerdict> verdicts =
                TornadoExaminer.compare(new Broken(new PlainDevice(), Kernel.ATTENTION, true), OTHER, Library.NONE);
        assertThat(verdicts)
                .filteredOn(verdict -> !verdict.right())
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.failure()).contains("no such intrinsic"));
    }
}
