/** What it takes to find a document and its steps among millions, by the index and by a database that reads the shards. */
package org.alluvium.bench.lineage;
