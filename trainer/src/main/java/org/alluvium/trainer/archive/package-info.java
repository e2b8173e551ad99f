/**
 * A run's copy in an object store: what is there, how it gets there behind the training, and how a run goes on from it alone.
 * {@link org.alluvium.trainer.archive.RunArchive} is the way in; {@link org.alluvium.trainer.archive.ArchiveState} is the format.
 */
package org.alluvium.trainer.archive;
