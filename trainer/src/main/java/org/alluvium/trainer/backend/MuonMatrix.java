package org.alluvium.trainer.backend;

/**
 * A matrix (out,in) that Muon updates, with what belongs to it.
 *
 * @param weights (out,in)
 * @param gradients (out,in)
 * @param momentum (out,in)
 * @param scale the learning rate is multiplied by, for the matrix's shape
 */
public record MuonMatrix(Tensor weights, Tensor gradients, Tensor momentum, int out, int in, double scale) {}
