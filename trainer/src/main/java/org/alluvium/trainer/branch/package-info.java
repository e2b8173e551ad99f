/**
 * Releases of a run that goes on: a side run that begins with one of its checkpoints and lets the learning rate fall. The
 * run itself is only read.
 */
package org.alluvium.trainer.branch;
