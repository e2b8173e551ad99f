/**
 * The training run: one step after another, and the process around it. Waiting and telling happen around a step and decide
 * nothing.
 */
package org.alluvium.trainer.loop;
