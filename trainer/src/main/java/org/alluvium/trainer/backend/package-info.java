/**
 * The seam between the transformer and the machine: whole-tensor operations in forward and backward pairs over tensors
 * whose memory only the backend touches. A backend is found by {@link java.util.ServiceLoader}.
 */
package org.alluvium.trainer.backend;
