/**
 * Every operation but products and attention: norms, rotation, activations, cross entropy, and the updates of weights. A
 * kernel is a loop over one tile, and the operations share tiles out.
 */
package org.alluvium.trainer.backend.cpu.kernel;
