package org.alluvium.trainer.backend;

import java.util.List;

/**
 * What a model will ask of a backend, as far as the backend's {@link OwnMemory} depends on it.
 *
 * @param weights of every {@link Weight} its dimensions, and the most rows it is multiplied with
 * @param attention of the largest batch
 * @param normWidth the most elements that the gradients of one norm have: C, or 2D where heads are normalized
 * @param muon the matrices that one call of {@link Backend#muon} updates
 * @param learns whether there are backward passes
 */
public record Workload(
        List<LinearShape> weights, AttentionShape attention, int normWidth, List<Matrix> muon, boolean learns) {

    /** Dimensions of a matrix. */
    public record Matrix(int out, int in) {}

    public Workload {
        weights = List.copyOf(weights);
        muon = List.copyOf(muon);
    }
}
