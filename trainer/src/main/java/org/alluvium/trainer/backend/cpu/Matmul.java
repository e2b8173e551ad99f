package org.alluvium.trainer.backend.cpu;

import org.alluvium.trainer.backend.cpu.Gemm.Extent;
import org.alluvium.trainer.backend.cpu.Gemm.Form;
import org.alluvium.trainer.backend.cpu.Gemm.Matrix;

/**
 * Cuts a matrix product into tiles of the result, one single-threaded product each. Tiles depend on the shape alone.
 */
final class Matmul {

    private static final int TILE_ROWS = 256;
    private static final int TILE_COLUMNS = 256;

    private final WorkTeam team;
    private final Gemm[] gemms; // one a thread, since some keep scratch memory

    Matmul(WorkTeam team, Gemm[] gemms) {
        this.team = team;
        this.gemms = gemms;
    }

    void multiply(Form form, Extent extent, Matrix a, Matrix b, float beta, Matrix c) {
        int tileRows = tile(extent.m(), TILE_ROWS);
        int tileColumns = tile(extent.n(), TILE_COLUMNS);
        int down = Math.ceilDiv(extent.m(), tileRows);
        int across = Math.ceilDiv(extent.n(), tileColumns);
        team.run(down * across, (tile, worker) -> {
            int row = tile / across * tileRows;
            int column = tile % across * tileColumns;
            Extent part = new Extent(
                    Math.min(tileRows, extent.m() - row), Math.min(tileColumns, extent.n() - column), extent.k());
            Matrix left = form == Form.TN ? a.at(0, row) : a.at(row, 0);
            Matrix right = form == Form.NT ? b.at(column, 0) : b.at(0, column);
            gemms[worker].multiply(form, part, 1f, left, right, beta, c.at(row, column));
        });
    }

    /** The tile's extent, a multiple of 16: at most {@code most}, and tiles about equal. */
    private static int tile(int extent, int most) {
        int count = Math.ceilDiv(extent, most);
        return Math.ceilDiv(Math.ceilDiv(extent, count), 16) * 16;
    }
}
