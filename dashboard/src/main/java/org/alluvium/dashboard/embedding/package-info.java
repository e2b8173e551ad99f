/**
 * The tokens of a vocabulary as points: who is near whom, where they lie on a map, and which moved between two checkpoints.
 * Angles are those between embeddings less the mean of all, which every embedding shares and which says nothing.
 */
package org.alluvium.dashboard.embedding;
