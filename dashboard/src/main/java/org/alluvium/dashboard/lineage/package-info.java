/**
 * Which documents a run learned from and when, as its journal says: from steps to shards and documents, and from a document to its
 * steps. A journal and a log are read once and then what is appended; of shards no more than may hold what is looked for.
 */
package org.alluvium.dashboard.lineage;
