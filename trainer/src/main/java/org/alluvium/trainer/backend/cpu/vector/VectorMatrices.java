package org.alluvium.trainer.backend.cpu.vector;

import java.lang.foreign.Arena;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.product.FloatTiles;
import org.alluvium.trainer.backend.cpu.product.Gemm;
import org.alluvium.trainer.backend.cpu.product.LinearProducts;
import org.alluvium.trainer.backend.cpu.product.MatrixLibrary;
import org.alluvium.trainer.backend.cpu.product.TileProducts;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;

/** Products in the Vector API, for platforms without a native library. */
public record VectorMatrices(String description) implements MatrixLibrary {

    @Override
    public void prepareThread() {
        // the Vector API needs nothing
    }

    @Override
    public Gemm gemm() {
        return new VectorGemm();
    }

    @Override
    public long gemmBytes(Workload work) {
        return VectorGemm.bytes(work);
    }

    @Override
    public TileProducts tiles(AttentionShape shape, ElementType type, Gemm[] gemms) {
        return new FloatTiles(gemms, shape.headSize());
    }

    @Override
    public LinearProducts linear(WorkTeam team, Arena arena) {
        return new VectorProducts(team);
    }

    @Override
    public void close() {
        // nor holds anything
    }
}
