/**
 * Steps of a run, taken again in memory for what nobody wrote down of them. The run's folder is only read, and the journal is what
 * every step is held to.
 */
package org.alluvium.trainer.retake;
