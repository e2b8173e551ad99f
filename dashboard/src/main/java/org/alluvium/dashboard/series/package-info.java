/**
 * Columns of figures that grow at their end, and what is drawn of them at any zoom. Nothing is sampled: each point that is
 * drawn stands for all figures under it by their smallest and largest.
 */
package org.alluvium.dashboard.series;
