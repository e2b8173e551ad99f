/**
 * The training run: one step after another, with its journal, and the process around it. A step is a function of its batch
 * and the model's state; waiting, measuring and writing happen around it and decide nothing.
 */
package org.alluvium.trainer.loop;
