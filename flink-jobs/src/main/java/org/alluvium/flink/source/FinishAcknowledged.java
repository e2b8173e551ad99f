package org.alluvium.flink.source;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * From the enumerator: it knows that the split is finished.
 *
 * <p>A reader keeps a finished split in its state until then. It has to, because Flink takes the enumerator's part of a
 * checkpoint before the readers' parts: a {@link SplitFinished} that arrives between the two is in neither the
 * enumerator's part nor, if the reader had forgotten it, in the reader's. Flink holds events to readers back while a
 * checkpoint is between the two parts, so the acknowledgement of such a report reaches the reader only behind the
 * barrier, and the reader's part still has the split.
 */
record FinishAcknowledged(long sequence) implements SourceEvent {}
