/**
 * Exact deduplication in keyed state. Of all documents with one text the first that arrives survives, decided by what has
 * been seen before it and nothing else.
 */
package org.alluvium.flink.dedup;
