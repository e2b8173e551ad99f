/**
 * The transformer: its shape, its parameters, and one training step as seen from the training loop. Shapes use B = rows of
 * a batch, T = tokens of a row, C = channels, V = vocabulary, L = layers, H = heads.
 */
package org.alluvium.trainer.model;
