/**
 * A labelled crawl day: documents with what is known of them, and pairs of near-duplicates. What judges them is measured
 * against it.
 */
package org.alluvium.bench.labelled;
