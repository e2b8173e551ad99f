package org.alluvium.trainer.backend.cpu.team;

/** Cuts the loops of an operation into tiles, by shape alone, and runs them on the {@link WorkTeam}. */
public record TileLoops(WorkTeam team) {

    /** Elements of a tile of a flat operation. */
    public static final int ELEMENTS = 1 << 15;

    /** Rows of a tile of a token-wise operation. */
    public static final int TOKENS = 32;

    /** A range of elements. */
    @FunctionalInterface
    public interface FlatTask {
        void run(long from, long to);
    }

    /** A range of rows; {@code worker} as in {@link WorkTeam.Task}. */
    @FunctionalInterface
    public interface RowTask {
        void run(int from, int to, int worker);
    }

    public void flat(long size, FlatTask task) {
        int tiles = Math.toIntExact(Math.ceilDiv(size, (long) ELEMENTS));
        team.run(tiles, (tile, worker) -> {
            long from = (long) tile * ELEMENTS;
            task.run(from, Math.min(size, from + ELEMENTS));
        });
    }

    public void byRows(int rows, int tileRows, RowTask task) {
        team.run(Math.ceilDiv(rows, tileRows), (tile, worker) -> {
            int from = tile * tileRows;
            task.run(from, Math.min(rows, from + tileRows), worker);
        });
    }
}
