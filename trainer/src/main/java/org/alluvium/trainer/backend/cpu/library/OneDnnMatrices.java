package org.alluvium.trainer.backend.cpu.library;

import java.lang.foreign.Arena;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.product.FloatTiles;
import org.alluvium.trainer.backend.cpu.product.Gemm;
import org.alluvium.trainer.backend.cpu.product.LinearProducts;
import org.alluvium.trainer.backend.cpu.product.MatrixLibrary;
import org.alluvium.trainer.backend.cpu.product.TileProducts;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;
import org.alluvium.trainer.backend.onednn.OneDnn;
import org.alluvium.trainer.backend.onednn.SingleGemm;

/** Products by oneDNN. OpenMP inside it is held to one thread: threads are the {@link WorkTeam}'s business. */
public record OneDnnMatrices(OneDnn library, ElementType activations, String description) implements MatrixLibrary {

    @Override
    public void prepareThread() {
        library.useOneThread();
    }

    @Override
    public Gemm gemm() {
        return (form, extent, alpha, a, b, beta, c) -> library.sgemm(new SingleGemm(
                form == Gemm.Form.TN,
                form == Gemm.Form.NT,
                extent.m(),
                extent.n(),
                extent.k(),
                alpha,
                a.address(),
                a.stride(),
                b.address(),
                b.stride(),
                beta,
                c.address(),
                c.stride()));
    }

    @Override
    public TileProducts tiles(AttentionShape shape, ElementType type, Gemm[] gemms) {
        return type == ElementType.BF16 && activations == type
                ? new RoundedTiles(library, shape)
                : new FloatTiles(gemms, shape.headSize());
    }

    @Override
    public LinearProducts linear(WorkTeam team, Arena arena) {
        return new OneDnnProducts(library, activations, team, arena);
    }

    @Override
    public void close() {
        library.close();
    }
}
