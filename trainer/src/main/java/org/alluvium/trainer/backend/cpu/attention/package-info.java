/**
 * Attention forward and backward, a tile of keys and queries at a time with a running softmax, and of one new query when a
 * text is continued. Scores never exist but those of a tile.
 */
package org.alluvium.trainer.backend.cpu.attention;
