/**
 * What flows into a corpus: records from sources, what became of them, and the shards that they came to. It is read from the
 * log and from what the ingest job reports, and nothing is asked of the job itself.
 */
package org.alluvium.dashboard.corpus;
