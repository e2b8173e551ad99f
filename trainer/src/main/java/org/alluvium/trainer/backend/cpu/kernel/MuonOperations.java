package org.alluvium.trainer.backend.cpu.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.alluvium.trainer.backend.MuonCoefficients;
import org.alluvium.trainer.backend.MuonMatrix;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.lanes.Scalars;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.product.Gemm;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;

/** Muon's updates, a matrix a tile; and the scratch memory of every worker, which grows to that of the largest matrix. */
public final class MuonOperations {

    private final WorkTeam team;
    private final Gemm[] gemms;
    private final Arena arena;
    private final MemorySegment[] scratch;

    public MuonOperations(WorkTeam team, Gemm[] gemms, Arena arena) {
        this.team = team;
        this.gemms = gemms;
        this.arena = arena;
        scratch = new MemorySegment[gemms.length];
    }

    public void update(List<MuonMatrix> matrices, Tensor squaredNorm, MuonCoefficients coefficients) {
        for (MuonMatrix matrix : matrices) {
            growScratch(MuonKernel.scratchElements(matrix.out(), matrix.in()));
        }
        float norm = Scalars.get(CpuTensor.floats(squaredNorm), 0);
        team.run(
                matrices.size(),
                (tile, worker) -> new MuonKernel(matrices.get(tile), coefficients, norm, gemms[worker], scratch[worker])
                        .update());
    }

    /** What each thread takes. */
    public static long scratchBytes(Workload work) {
        return Float.BYTES * largest(work);
    }

    private static long largest(Workload work) {
        return work.muon().stream()
                .mapToLong(matrix -> MuonKernel.scratchElements(matrix.out(), matrix.in()))
                .max()
                .orElse(0);
    }

    /** Takes scratch memory for this work, if it is not there. */
    public void reserve(Workload work) {
        growScratch(largest(work));
    }

    private void growScratch(long elements) {
        for (int worker = 0; worker < scratch.length; worker++) {
            if (scratch[worker] == null || scratch[worker].byteSize() < elements * Float.BYTES) {
                scratch[worker] = CpuTensor.allocate(arena, elements).segment();
            }
        }
    }
}
