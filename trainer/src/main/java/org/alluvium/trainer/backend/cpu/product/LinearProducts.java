package org.alluvium.trainer.backend.cpu.product;

import org.alluvium.trainer.backend.Backend;
import org.alluvium.trainer.backend.ElementType;
import org.alluvium.trainer.backend.LinearShape;
import org.alluvium.trainer.backend.Weight;
import org.alluvium.trainer.backend.Workload;
import org.alluvium.trainer.backend.cpu.memory.CpuTensor;

/** The products of a linear layer, cut into tiles by shape alone and run on the team; {@link Backend} has the contracts. */
public interface LinearProducts {

    /** See {@link Backend#activations}. */
    ElementType activations();

    /** See {@link Backend#weight}. */
    Weight weight(CpuTensor master, int out, int in, boolean learns);

    /** What {@link #weight} allocates. */
    long weightBytes(int out, int in, boolean learns);

    /** What products of this work take besides, with a team of so many threads. */
    long scratchBytes(Workload work, int threads);

    /** Takes that. */
    void reserve(Workload work);

    /** Bytes of weights and scratch that were taken so far and do not come from the backend's arena. */
    long allocatedBytes();

    /** See {@link Backend#refresh}. */
    void refresh(Weight weight);

    /** See {@link Backend#linear}. */
    void linear(CpuTensor output, CpuTensor input, Weight weight, LinearShape shape, boolean accumulate);

    /** See {@link Backend#linearBackwardInput}. */
    void backwardInput(CpuTensor inputGradient, CpuTensor outputGradient, Weight weight, LinearShape shape);

    /** See {@link Backend#linearBackwardWeight}. */
    void backwardWeight(
            CpuTensor weightGradient, CpuTensor outputGradient, CpuTensor input, LinearShape shape, boolean accumulate);
}
