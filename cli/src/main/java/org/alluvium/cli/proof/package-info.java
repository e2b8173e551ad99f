/** Proofs of what a model has learned from, put together from checkpoint, journal, log and shard; the verifier checks them without these. */
package org.alluvium.cli.proof;
