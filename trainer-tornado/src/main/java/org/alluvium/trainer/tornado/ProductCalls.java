package org.alluvium.trainer.tornado;

import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.tornado.device.Extent;
import org.alluvium.trainer.tornado.kernel.Kernel;
import org.alluvium.trainer.tornado.kernel.product.PackedProducts;

/** Matrix products as calls of kernels. */
final class ProductCalls {

    private final Recorder recorder;
    private final Scratch scratch;
    private final DeviceInfo.Type type;
    private final Library library;

    /**
     * An operand.
     *
     * @param at where it begins
     * @param stride along the output
     * @param step along the sum
     */
    record Operand(int at, int stride, int step) {

        /** A matrix with a row of so many elements for each row, or column, of the output. */
        static Operand rows(int at, int depth) {
            return new Operand(at, depth, 1);
        }

        /** A matrix with a row for each element of the sum. */
        static Operand columns(int at, int length) {
            return new Operand(at, 1, length);
        }
    }

    /** As fast as may be on devices of this type, and by the library of its maker as said. */
    ProductCalls(Recorder recorder, Scratch scratch, DeviceInfo.Type type, Library library) {
        this.recorder = recorder;
        this.scratch = scratch;
        this.type = type;
        this.library = library;
    }

    /** {@code output[i,j] = sum over k of x[i,k] y[j,k]}; the extent says how many elements, columns and k there are. */
    void product(int output, Extent extent, Operand x, Operand y, boolean accumulate) {
        int rows = extent.items() / extent.width();
        int[] arguments = {
            output, x.at(), x.stride(), x.step(), y.at(), y.stride(), y.step(), accumulate ? 1 : 0, extent.depth()
        };
        switch (ProductMethod.choose(type, library != Library.NONE, rows, extent.width())) {
            case LOOPS -> recorder.call(Kernel.PRODUCT, extent, arguments);
            case LIBRARY -> recorder.call(library.kernel().orElseThrow(), extent, arguments);
            case TILED -> recorder.call(Kernel.PRODUCT_TILED, extent, arguments);
            case PACKED -> {
                if (x.step() != 1 && PackedProducts.strips(extent.width()) > 1) {
                    transpose(x, rows, extent.depth(), arguments);
                }
                arguments[4] = packed(y, extent);
                packedOrPadded(extent, arguments);
            }
        }
    }

    /** A left operand that lies in columns is read once for each strip; from rows that is many times as fast. */
    private void transpose(Operand x, int rows, int depth, int[] arguments) {
        int pitch = PackedProducts.transposedPitch(depth);
        int at = scratch.elements(Scratch.Use.TRANSPOSED, (long) rows * pitch).offset();
        recorder.call(
                Kernel.TRANSPOSE,
                new Extent(Math.ceilDiv(rows, PackedProducts.LANES) * depth, rows, depth),
                new int[] {at, x.at(), x.step()});
        arguments[1] = at;
        arguments[2] = pitch;
        arguments[3] = 1;
    }

    private int packed(Operand y, Extent extent) {
        long size = PackedProducts.packedElements(extent.width(), extent.depth());
        int packed = scratch.elements(Scratch.Use.PACKED, size).offset();
        int items = PackedProducts.strips(extent.width()) * extent.depth();
        recorder.call(Kernel.PACK, new Extent(items, extent.width(), extent.depth()), new int[] {
            packed, y.at(), y.stride(), y.step()
        });
        return packed;
    }

    /** Where rows of the output do not begin as vectors do, it is computed elsewhere. */
    private void packedOrPadded(Extent extent, int[] arguments) {
        int rows = extent.items() / extent.width();
        int pitch = PackedProducts.pitch(extent.width());
        int output = arguments[0];
        int accumulate = arguments[7];
        boolean pads = pitch != extent.width() || output % PackedProducts.LANES != 0;
        int padded =
                pads ? scratch.elements(Scratch.Use.PADDED, (long) rows * pitch).offset() : output;
        int tiles = Math.ceilDiv(rows, PackedProducts.ROWS);
        recorder.call(
                Kernel.PRODUCT_PACKED,
                new Extent(PackedProducts.strips(extent.width()) * tiles, extent.width(), extent.depth()),
                new int[] {padded, arguments[1], arguments[2], arguments[3], arguments[4], rows, pads ? 0 : accumulate
                });
        if (pads) {
            int[] places = {output, padded, pitch, accumulate};
            recorder.call(Kernel.UNPAD, Extent.of(extent.items(), extent.width()), places);
        }
    }
}
