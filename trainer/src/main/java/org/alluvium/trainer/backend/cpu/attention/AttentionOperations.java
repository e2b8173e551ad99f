package org.alluvium.trainer.backend.cpu.attention;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import org.alluvium.trainer.backend.AttentionShape;
import org.alluvium.trainer.backend.Backend.AttentionResult;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.Indices;
import org.alluvium.trainer.backend.Tensor;
import org.alluvium.trainer.backend.cpu.memory.CpuIndices;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;
import org.alluvium.trainer.backend.cpu.product.Gemm;
import org.alluvium.trainer.backend.cpu.product.MatrixLibrary;
import org.alluvium.trainer.backend.cpu.product.TileProducts;
import org.alluvium.trainer.backend.cpu.team.WorkTeam;

/** Attention, a tile for each row and head. */
public final class AttentionOperations {

    private final WorkTeam team;
    private final MatrixLibrary library;
    private final Gemm[] gemms;
    private final Arena arena;
    private final AttentionScratch[] scratch;
    private final Map<Widths, TileProducts> products = new HashMap<>();

    /** What decides which products there are. */
    private record Widths(ElementType type, int packed, int output, int head) {}

    /** One product a thread; scratch memory comes from the arena. */
    public AttentionOperations(WorkTeam team, MatrixLibrary library, Gemm[] gemms, Arena arena) {
        this.team = team;
        this.library = library;
        this.gemms = gemms;
        this.arena = arena;
        scratch = new AttentionScratch[gemms.length];
    }

    public void forward(Tensor output, Tensor logSumExp, Tensor packed, Indices documentStart, AttentionShape shape) {
        reserve(shape);
        AttentionInput input = input(packed, logSumExp, documentStart, shape);
        TileProducts tiles = tiles(input);
        team.run(
                shape.rows() * shape.heads(),
                (tile, worker) -> new AttentionForward(input, CpuTensor.of(output), tiles, worker, scratch[worker])
                        .head(tile / shape.heads(), tile % shape.heads()));
    }

    public void backward(
            Tensor packedGradient,
            Tensor outputGradient,
            AttentionResult result,
            Tensor packed,
            Indices documentStart,
            AttentionShape shape) {
        reserve(shape);
        AttentionInput input = input(packed, result.logSumExp(), documentStart, shape);
        TileProducts tiles = tiles(input);
        AttentionBackward.Tensors tensors = new AttentionBackward.Tensors(
                CpuTensor.of(result.output()), CpuTensor.of(outputGradient), CpuTensor.of(packedGradient));
        team.run(
                shape.rows() * shape.kvHeads(),
                (tile, worker) -> new AttentionBackward(input, tensors, tiles, worker, scratch[worker])
                        .group(tile / shape.kvHeads(), tile % shape.kvHeads()));
    }

    private static AttentionInput input(Tensor packed, Tensor logSumExp, Indices documentStart, AttentionShape shape) {
        return new AttentionInput(
                shape, CpuIndices.of(documentStart), CpuTensor.of(packed), CpuTensor.floats(logSumExp));
    }

    private TileProducts tiles(AttentionInput input) {
        AttentionShape shape = input.shape();
        ElementType type = input.packed().type();
        Widths widths = new Widths(type, shape.packedWidth(), shape.outputWidth(), shape.headSize());
        return products.computeIfAbsent(widths, absent -> library.tiles(shape, type, gemms));
    }

    /** Takes scratch memory for this shape, if it is not there. */
    public void reserve(AttentionShape shape) {
        for (int worker = 0; worker < scratch.length; worker++) {
            if (scratch[worker] == null || !scratch[worker].fits(shape)) {
                scratch[worker] = AttentionScratch.allocate(arena, shape.context(), shape.headSize());
            }
        }
    }
}
