package org.alluvium.trainer.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.onednn.OneDnn;
import org.alluvium.trainer.backend.onednn.Packing;
import org.alluvium.trainer.backend.onednn.Strided;

/** The right operand (k,n) of products, each tile of its columns packed by itself. */
final class PackedMatrix {

    static final long ALIGNMENT = 64;

    private final ColumnTiles tiles;
    private final Strided source;
    private final Packing whole;
    private final Packing last;
    private final MemorySegment memory;

    private PackedMatrix(ColumnTiles tiles, Strided source, Packing whole, Packing last, MemorySegment memory) {
        this.tiles = tiles;
        this.source = source;
        this.whole = whole;
        this.last = last;
        this.memory = memory;
    }

    /** How (k,n) of the source is packed into {@code type}; memory is to be added. */
    static PackedMatrix layout(OneDnn library, int k, ColumnTiles tiles, Strided source, ElementType type) {
        return new PackedMatrix(
                tiles,
                source,
                library.packing(k, tiles.width(0), source, type),
                library.packing(k, tiles.width(tiles.count() - 1), source, type),
                MemorySegment.NULL);
    }

    PackedMatrix in(MemorySegment room) {
        return new PackedMatrix(tiles, source, whole, last, room);
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

    /** Packs a tile of the matrix that begins at this address. */
    void pack(int tile, int worker, MemorySegment matrix) {
        long from = matrix.address()
                + tiles.from(tile) * source.columnStride() * source.type().bytes();
        packing(tile).run(worker, from, address(tile));
    }
}
