package org.alluvium.trainer.tornado.kernel;

import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What a device can compute. Every kernel has the same seven parameters:
 *
 * <pre>
 * memory     all tensors; a tensor is where it begins
 * numbers    all indices
 * arguments  of all calls of this run: where tensors begin, and what changes from run to run, floats as their bits
 * at         where this call's arguments begin
 * items      how often the parallel loop runs; iterations write to different places
 * width      of a row, or 0
 * depth      of a sum, or 0
 * </pre>
 *
 * The last four are compiled in, as a device compiler needs to know them. The arguments are not: so one compiled kernel serves
 * every layer.
 */
public enum Kernel {
    FILL(Elements::fill),
    COPY(Elements::copy),
    AVERAGE(Elements::average),
    RELU_SQUARED(Elements::reluSquared),
    RELU_SQUARED_BACKWARD(Elements::reluSquaredBackward),
    SWI_GLU(Elements::swiGlu),
    SWI_GLU_BACKWARD(Elements::swiGluBackward),
    EMBED(Embedding::embed),
    CHAIN_EQUAL(Embedding::chainEqual),
    EMBED_BACKWARD(Embedding::embedBackward),
    RMS_NORM(Norms::rmsNorm),
    RMS_NORM_INPUT(Norms::rmsNormInput),
    RMS_NORM_WEIGHT(Norms::rmsNormWeight),
    HEAD_NORM(HeadNorms::headNorm),
    HEAD_NORM_INPUT(HeadNorms::headNormInput),
    HEAD_NORM_WEIGHT(HeadNorms::headNormWeight),
    PRODUCT(Products::product),
    ROTATE(Rotation::rotate),
    ATTENTION(Attention::attention),
    ATTENTION_OF_LAST(Attention::attentionOfLast),
    ATTENTION_QUERY(AttentionGradients::query),
    ATTENTION_KEY_VALUE(AttentionGradients::keyValue),
    CROSS_ENTROPY(CrossEntropy::losses),
    CROSS_ENTROPY_GRADIENT(CrossEntropy::gradient),
    PARTIAL_SQUARES(Updates::partialSquares),
    TOTAL(Updates::total),
    ADAM_W(Updates::adamW),
    MUON_MOMENTUM(MuonUpdates::momentum),
    MUON_SCALE(MuonUpdates::scale),
    MUON_POLYNOMIAL(MuonUpdates::polynomial),
    MUON_APPLY(MuonUpdates::apply);

    private final Task7<FloatArray, IntArray, IntArray, Integer, Integer, Integer, Integer> code;

    Kernel(Task7<FloatArray, IntArray, IntArray, Integer, Integer, Integer, Integer> code) {
        this.code = code;
    }

    /** The method, as a task graph takes it. */
    public Task7<FloatArray, IntArray, IntArray, Integer, Integer, Integer, Integer> code() {
        return code;
    }
}
