/**
 * Follows a corpus and a run by what they publish: the shard log, the events and the checkpoints. Nobody is asked, so a run
 * can be watched from another process, or after its end.
 */
package org.alluvium.cli.status;
