/** The shard log: the total order in which shards exist, and the fence that keeps every writer but the newest out. */
package org.alluvium.contracts.log;
