/**
 * The checkpoints of a run as they lie on disk: what there is, whether it is whole, and how two of them differ. Nothing is
 * written, and no more than two tensors are in memory at a time.
 */
package org.alluvium.dashboard.checkpoint;
