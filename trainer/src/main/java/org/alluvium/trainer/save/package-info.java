/**
 * Checkpoints in the making: when one is due, the copy that training waits for, and the writing behind its back. A checkpoint
 * is published atomically or not at all, and one that fails costs no step.
 */
package org.alluvium.trainer.save;
