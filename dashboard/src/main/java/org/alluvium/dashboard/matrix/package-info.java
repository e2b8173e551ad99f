/**
 * Linear algebra of tall matrices of floats: their largest singular values and the directions that go with them. Results are
 * a function of the numbers alone, whatever computes them.
 */
package org.alluvium.dashboard.matrix;
