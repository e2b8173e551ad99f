/**
 * What the model of a checkpoint makes of a text: how likely each token was, where heads look, how it goes on. One worker
 * computes, through the trainer's own forward pass, and few may wait for it.
 */
package org.alluvium.dashboard.probe;
