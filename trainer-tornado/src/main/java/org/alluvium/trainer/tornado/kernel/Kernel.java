package org.alluvium.trainer.tornado.kernel;

import org.alluvium.trainer.tornado.kernel.attention.Attention;
import org.alluvium.trainer.tornado.kernel.attention.AttentionGradients;
import org.alluvium.trainer.tornado.kernel.attention.HeadTiles;
import org.alluvium.trainer.tornado.kernel.attention.PackedAttention;
import org.alluvium.trainer.tornado.kernel.attention.PackedAttentionGradients;
import org.alluvium.trainer.tornado.kernel.attention.TiledAttention;
import org.alluvium.trainer.tornado.kernel.attention.TiledAttentionGradients;
import org.alluvium.trainer.tornado.kernel.product.LibraryProducts;
import org.alluvium.trainer.tornado.kernel.product.PackedProducts;
import org.alluvium.trainer.tornado.kernel.product.Products;
import org.alluvium.trainer.tornado.kernel.product.TiledProducts;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task9;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What a device can compute. Every kernel has the same nine parameters:
 *
 * <pre>
 * memory     all tensors; a tensor is where it begins
 * numbers    all indices
 * arguments  of all calls of a program: where tensors begin, and integers that may change from run to run
 * reals      of all calls of a program: numbers that may change from run to run, as a device cannot reinterpret bits
 * at         where this call's arguments begin
 * realAt     where this call's reals begin
 * items      how often the parallel loop runs; iterations write to different places
 * width      of a row, or 0
 * depth      of a sum, or 0
 * </pre>
 *
 * The last five are compiled in, as a device's compiler needs to know them. What is in arguments and reals is not: so one
 * compiled kernel serves every layer. A kernel's documentation lists its arguments, and after a semicolon its reals.
 */
public enum Kernel {
    RECEIVE(Exchange::receive),
    RECEIVE_NUMBERS(Exchange::receiveNumbers),
    SEND(Exchange::send),
    FILL(Elements::fill),
    COPY(Elements::copy),
    AVERAGE(Elements::average),
    RELU_SQUARED(Elements::reluSquared),
    RELU_SQUARED_BACKWARD(Elements::reluSquaredBackward),
    SWI_GLU(Elements::swiGlu),
    SWI_GLU_BACKWARD(Elements::swiGluBackward),
    EMBED(Embedding::embed),
    EMBED_BACKWARD(Embedding::embedBackward),
    RMS_NORM(Norms::rmsNorm),
    RMS_NORM_INPUT(Norms::rmsNormInput),
    RMS_NORM_WEIGHT(Norms::rmsNormWeight),
    HEAD_NORM(HeadNorms::headNorm),
    HEAD_NORM_INPUT(HeadNorms::headNormInput),
    HEAD_NORM_WEIGHT(HeadNorms::headNormWeight),
    ADD_STRANDS(Norms::addStrands),
    PRODUCT(Products::product),
    PRODUCT_BY_LIBRARY(new Code.Library(PRODUCT.loop(), false)),
    PRODUCT_BY_LIBRARY_BF16(new Code.Library(PRODUCT.loop(), true)),
    PACK(PackedProducts::pack),
    TRANSPOSE(PackedProducts::transpose),
    PRODUCT_PACKED(PackedProducts::product),
    UNPAD(PackedProducts::unpad),
    PRODUCT_TILED(
            new Code.Groups(TiledProducts::product, TiledProducts.THREADS, TiledProducts::groups, PRODUCT.loop())),
    ROTATE(Rotation::rotateHeads),
    ATTENTION(Attention::attention),
    ATTENTION_TILED(new Code.Groups(
            TiledAttention::attention, TiledAttention.THREADS, TiledAttention::groups, ATTENTION.loop())),
    PACK_HEADS(HeadTiles::packHeads),
    ATTENTION_PACKED(PackedAttention::attention),
    ATTENTION_OF_LAST(Attention::attentionOfLast),
    ATTENTION_QUERY(AttentionGradients::query),
    ATTENTION_KEY_VALUE(AttentionGradients::keyValue),
    ATTENTION_QUERY_TILED(new Code.Groups(
            TiledAttentionGradients::query, TiledAttention.THREADS, TiledAttention::groups, ATTENTION_QUERY.loop())),
    ATTENTION_KEY_VALUE_TILED(new Code.Groups(
            TiledAttentionGradients::keyValue,
            TiledAttention.THREADS,
            TiledAttention::groups,
            ATTENTION_KEY_VALUE.loop())),
    ATTENTION_QUERY_PACKED(PackedAttentionGradients::query),
    ATTENTION_KEY_VALUE_PACKED(PackedAttentionGradients::keyValue),
    CROSS_ENTROPY(CrossEntropy::losses),
    CROSS_ENTROPY_GRADIENT(CrossEntropy::gradient),
    CROSS_ENTROPY_GROUPED(new Code.Groups(
            GroupCrossEntropy::losses, GroupCrossEntropy.THREADS, GroupCrossEntropy::groups, CROSS_ENTROPY.loop())),
    CROSS_ENTROPY_GRADIENT_GROUPED(new Code.Groups(
            GroupCrossEntropy::gradient,
            GroupCrossEntropy.THREADS,
            GroupCrossEntropy::groups,
            CROSS_ENTROPY_GRADIENT.loop())),
    PARTIAL_SQUARES(Updates::partialSquares),
    TOTAL(Updates::total),
    ADAM_W(Updates::adamW),
    MUON_MOMENTUM(MuonUpdates::momentum),
    MUON_SCALE(MuonUpdates::scale),
    MUON_POLYNOMIAL(MuonUpdates::polynomial),
    MUON_APPLY(MuonUpdates::apply);

    @SuppressWarnings("ImmutableEnumChecker") // references to static methods have no state
    private final Code code;

    Kernel(Task9<FloatArray, IntArray, IntArray, FloatArray, Integer, Integer, Integer, Integer, Integer> method) {
        code = new Code.Loop(method);
    }

    Kernel(Code code) {
        this.code = code;
    }

    /** What a device compiles. */
    public Code code() {
        return code;
    }

    /** Tasks that it takes. */
    public int tasks() {
        return code instanceof Code.Library ? LibraryProducts.TASKS : 1;
    }

    /** What computes the same in plain Java. */
    public Code.Loop loop() {
        return switch (code) {
            case Code.Loop loop -> loop;
            case Code.Groups groups -> groups.meaning();
            case Code.Library library -> library.meaning();
        };
    }
}
