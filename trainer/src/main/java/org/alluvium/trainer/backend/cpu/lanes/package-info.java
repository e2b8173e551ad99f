/**
 * Vectors over tensors of either type: loads, stores, sums and elementary functions with the same bits whether compiled or
 * not. Everything that loops over elements is written in these.
 */
package org.alluvium.trainer.backend.cpu.lanes;
