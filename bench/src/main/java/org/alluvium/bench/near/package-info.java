/**
 * Measurements of deduplication: what it finds in a labelled sample, how fast signatures are, and how much state they
 * leave.
 */
package org.alluvium.bench.near;
