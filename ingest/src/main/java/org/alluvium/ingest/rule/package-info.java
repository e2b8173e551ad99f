/**
 * The published rules by which web text is kept: Gopher's, C4's and FineWeb's, with their names, their order and their default
 * thresholds. Lengths are in code points throughout; a value that equals its threshold passes.
 */
package org.alluvium.ingest.rule;
