/**
 * The seam between the transformer and the machine: whole-tensor operations in forward and backward pairs over tensors
 * whose memory only the backend touches. Which backend computes is decided in {@code choice}.
 */
package org.alluvium.trainer.backend;
