/**
 * A copy of the weights, on a thread that leaves the processor to training. Whatever may take its time is asked of it, so that
 * training waits for nobody who looks.
 */
package org.alluvium.trainer.copy;
