package org.alluvium.trainer.backend.cpu.product;

import java.lang.foreign.Arena;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;

/** What multiplies matrices: a native library, or the Vector API. */
public interface MatrixLibrary extends AutoCloseable {

    /** In words, for the start banner. */
    String description();

    /** Called on every thread before its first product. */
    void prepareThread();

    /** Products whose shape is not known beforehand, for one thread. */
    Gemm gemm();

    /** What each {@link #gemm} takes for this work. */
    default long gemmBytes(Workload work) {
        return 0;
    }

    /** Products of attention for a tensor of this type; {@code gemms} are those of the workers. */
    TileProducts tiles(AttentionShape shape, ElementType type, Gemm[] gemms);

    /** The products of linear layers; what they allocate comes from the arena. */
    LinearProducts linear(WorkTeam team, Arena arena);

    @Override
    void close();
}
