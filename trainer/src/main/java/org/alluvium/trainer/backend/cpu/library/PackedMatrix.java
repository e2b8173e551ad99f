package org.alluvium.trainer.backend.cpu.library;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.cpu.team.ColumnTiles;
import org.alluvium.trainer.backend.onednn.OneDnn;
import org.alluvium.trainer.backend.onednn.Packing;
import org.alluvium.trainer.backend.onednn.Strided;

/** The right operand (k,n) of products, packed: each tile of its columns is an operand by itself. */
final class PackedMatrix {

    static final long ALIGNMENT = 64;

    private final int k;
    private final ColumnTiles tiles;
    private final Strided source;
    private final Packing whole;
    private final Packing last;
    private final MemorySegment memory;

    private PackedMatrix(int k, ColumnTiles tiles, Strided source, Packing whole, Packing last, MemorySegment memory) {
        this.k = k;
        this.tiles = tiles;
        this.source = source;
        this.whole = whole;
        this.last = last;
        this.memory = memory;
    }

    /** How (k,n) of the source is packed into {@code type}; memory is to be added. */
    static PackedMatrix layout(OneDnn library, int k, ColumnTiles tiles, Strided source, ElementType type) {
        return new PackedMatrix(
                k,
                tiles,
                source,
                library.packing(k, tiles.width(0), source, type),
                library.packing(k, tiles.width(tiles.count() - 1), source, type),
                MemorySegment.NULL);
    }

    PackedMatrix in(MemorySegment room) {
        return new PackedMatrix(k, tiles, source, whole, last, room);
    }

    PackedMatrix allocatedIn(Arena arena) {
        return in(arena.allocate(bytes(), ALIGNMENT));
    }

    long bytes() {
        return offset(tiles.count() - 1) + last.bytes();
    }

    private long offset(int tile) {
        return tile * Math.ceilDiv(whole.bytes(), ALIGNMENT) * ALIGNMENT;
    }

    ColumnTiles tiles() {
        return tiles;
    }

    Packing packing(int tile) {
        return tile == tiles.count() - 1 ? last : whole;
    }

    long address(int tile) {
        return memory.address() + offset(tile);
    }

    /** Into how many parts packing is cut. */
    int parts() {
        return isPackedByRows() ? Math.ceilDiv(k, PairPacker.ROWS) : tiles.count();
    }

    /** Packs a part of this matrix. */
    void pack(int part, int worker, MemorySegment matrix) {
        if (isPackedByRows()) {
            PairPacker.Source rows = new PairPacker.Source(matrix, source.type(), k, tiles.columns());
            PairPacker.pack(rows, part * PairPacker.ROWS, memory);
        } else {
            packTile(part, worker, matrix);
        }
    }

    /** Tiles lie next to each other then, as if they were one. */
    private boolean isPackedByRows() {
        return whole.isPaired() && last.isPaired() && source.columnStride() == 1;
    }

    private void packTile(int tile, int worker, MemorySegment matrix) {
        long from = matrix.address()
                + tiles.from(tile) * source.columnStride() * source.type().bytes();
        packing(tile).run(worker, from, address(tile));
    }
}
