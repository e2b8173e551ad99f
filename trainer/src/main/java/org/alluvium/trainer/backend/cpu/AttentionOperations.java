package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend.AttentionResult;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.Tensor;

/** Attention, a tile for each row and head. */
final class AttentionOperations {

    private final WorkTeam team;
    private final Gemm[] gemms;
    private final Arena arena;
    private final MemorySegment[] scratch;

    /** One product a thread; scratch memory comes from the arena. */
    AttentionOperations(WorkTeam team, Gemm[] gemms, Arena arena) {
        this.team = team;
        this.gemms = gemms;
        this.arena = arena;
        scratch = new MemorySegment[gemms.length];
    }

    void forward(Tensor output, Tensor logSumExp, Tensor packed, Indices documentStart, AttentionShape shape) {
        growScratch(shape.context());
        team.run(
                shape.rows() * shape.heads(),
                (tile, worker) -> new AttentionKernel(
                                shape,
                                CpuIndices.of(documentStart),
                                CpuTensor.of(packed),
                                CpuTensor.of(logSumExp),
                                gemms[worker])
                        .forward(CpuTensor.of(output), tile / shape.heads(), tile % shape.heads(), scratch[worker]));
    }

    void backward(
            Tensor packedGradient,
            Tensor outputGradient,
            AttentionResult result,
            Tensor packed,
            Indices documentStart,
            AttentionShape shape) {
        growScratch(shape.context());
        CpuTensor sums = CpuTensor.of(result.logSumExp());
        team.run(
                shape.rows() * shape.kvHeads(),
                (tile, worker) -> new AttentionKernel(
                                shape, CpuIndices.of(documentStart), CpuTensor.of(packed), sums, gemms[worker])
                        .backward(
                                CpuTensor.of(packedGradient),
                                CpuTensor.of(outputGradient),
                                CpuTensor.of(result.output()),
                                tile / shape.kvHeads(),
                                tile % shape.kvHeads(),
                                scratch[worker]));
    }

    private void growScratch(int context) {
        long size = AttentionKernel.scratchElements(context);
        for (int worker = 0; worker < scratch.length; worker++) {
            MemorySegment own = scratch[worker];
            if (own == null || own.byteSize() < size * Float.BYTES) {
                scratch[worker] = CpuTensor.allocate(arena, size).segment();
            }
        }
    }
}
