/**
 * From the shard log to batches: the tail of the log, the held-out split, the shuffle window and the packer. What comes
 * out is a pure function of the documents in log order, the configuration and the seed.
 */
package org.alluvium.trainer.data;
