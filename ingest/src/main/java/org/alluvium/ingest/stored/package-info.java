/**
 * Files of records that lie in the corpus beside its shards: dead letters and rejects. They are written so that the same
 * records are the same bytes, and read whole or not at all.
 */
package org.alluvium.ingest.stored;
